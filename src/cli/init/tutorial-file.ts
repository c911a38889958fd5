import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot, workspaceFlag } from '../flags';
import { readIfPresent, writeWorkspaceFile } from '../workspace/write-workspace-file';

interface TutorialFlags {
  readonly workspace: string;
  readonly force: boolean;
}

/**
 * Writes the tutorial's workspace, unless there is a file already.
 * @returns what to tell
 * @throws ConfigurationError
 */
export function writeTutorialFile({ workspace, force }: TutorialFlags): string {
  const file = path.resolve(workspace);
  if (!force && readIfPresent(file) !== null) return `${workspace} exists and stays as it is.`;
  const tutorial = JSON.parse(readFileSync(path.join(packageRoot(), workspaceFlag.default), 'utf8'));
  const text = `${JSON.stringify({ ...tutorial, $schema: schemaFor(file) }, null, 2)}\n`;
  writeWorkspaceFile(file, text, { force, isEquivalent: () => false });
  return `${workspace} is now the workspace of Twilio's tutorial.`;
}

/** Where editors find the rules of the file. */
function schemaFor(file: string): string {
  const schema = path.join(packageRoot(), 'dist', 'workspace.schema.json');
  const relative = path.relative(path.dirname(file), schema).split(path.sep).join('/');
  return relative.startsWith('.') ? relative : `./${relative}`;
}
