import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathText } from './path-text';
import { referenceFaults } from './references';
import { type DesiredWorkspace, workspaceSchema } from './schema';
import { WorkspaceFileError } from './workspace-file-error';

export type { DesiredWorkspace } from './schema';
export { WorkspaceFileError } from './workspace-file-error';

/**
 * The workspace that a file describes.
 * @throws WorkspaceFileError which names every fault, its place, and what to write there
 */
export function readWorkspaceFile(file: string): DesiredWorkspace {
  const value = parseJson(file, readText(file));
  const faults = workspaceFaults(value);
  if (faults.length > 0) throw fileError(file, faults);
  return value as DesiredWorkspace;
}

/** One sentence for each; none when the value is a workspace. */
export function workspaceFaults(value: unknown): string[] {
  const checked = workspaceSchema.safeParse(value);
  if (checked.success) return referenceFaults(checked.data);
  return checked.error.issues.map((issue) => `${pathText(issue.path)} ${issue.message}.`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new WorkspaceFileError([
      `The workspace file ${file} ${reason}: name another with --workspace FILE.`,
    ]);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    // A byte order mark, which some editors write, is no fault of the user's.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = (error as Error).message;
    throw fileError(file, [`the file is not JSON (${reason}${lineOf(text, reason)}): correct it there.`]);
  }
}

/** Node 20 says only how many characters into the text it got. */
function lineOf(text: string, reason: string): string {
  const position = /at position (\d+)$/.exec(reason)?.[1];
  return position === undefined ? '' : `, line ${text.slice(0, Number(position)).split('\n').length}`;
}

const fileError = (file: string, faults: readonly string[]) =>
  new WorkspaceFileError(faults.map((fault) => `${path.basename(file)}: ${fault}`));
