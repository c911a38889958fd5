import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTool, type ToolResult } from './run-tool';

/**
 * The files that a deployment needs besides its environment file. twilio-run rejects a folder without `functions` or
 * `assets`, whatever its configuration says.
 */
const parts = [
  'package.json',
  'workspace.json',
  '.twilioserverlessrc',
  'functions',
  'assets',
  'src/steps',
  'src/adapter',
  'dist/functions',
  'dist/assets',
  'dist/artifact.json',
];

/** A copy of the project that Twilio's deploy tools deploy from and can write into. */
export interface ProjectCopy {
  readonly folder: string;
  /** Runs twilio-run, unchanged. @param environment the whole environment of its process */
  twilioRun(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<ToolResult>;
  remove(): Promise<void>;
}

/**
 * @param variables the contents of `.env.deploy`; null for no file
 * @throws Error if a file that is deployed is missing
 */
export async function copyProject(
  projectRoot: string,
  variables: Readonly<Record<string, string>> | null,
  onLine: (line: string) => void = () => undefined,
): Promise<ProjectCopy> {
  const missing = parts.filter((part) => !existsSync(path.join(projectRoot, part)));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing; run "npm run build"`);
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'taskrouter-project-')));
  for (const part of parts) {
    await mkdir(path.dirname(path.join(folder, part)), { recursive: true });
    await cp(path.join(projectRoot, part), path.join(folder, part), { recursive: true });
  }
  await symlink(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  if (variables)
    await writeFile(path.join(folder, '.env.deploy'), environmentText(variables), { mode: 0o600 });
  const load = createRequire(path.join(projectRoot, 'package.json'));
  const script = path.join(path.dirname(load.resolve('twilio-run/package.json')), 'bin', 'twilio-run.js');
  return {
    folder,
    twilioRun: (args, environment) => runTool({ script, args, cwd: folder, environment, onLine }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function environmentText(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
}
