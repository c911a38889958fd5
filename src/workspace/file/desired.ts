import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathText } from './names';
import { referenceFaults } from './references';
import { type DesiredWorkspace, workspaceSchema } from './schema';

export type { DesiredWorkspace } from './schema';

/**
 * The workspace that a file describes.
 * @throws WorkspaceFileError with every fault, its place, and what to write there
 */
export function readWorkspaceFile(file: string): DesiredWorkspace {
  return parseWorkspaceFile(file, readWorkspaceText(file));
}

/**
 * The workspace that the text of a file describes.
 * @throws WorkspaceFileError with every fault, its place, and what to write there
 */
export function parseWorkspaceFile(file: string, text: string): DesiredWorkspace {
  const value = parseJson(file, text);
  const faults = workspaceFaults(value);
  if (faults.length > 0) throw fileError(file, faults);
  return value as DesiredWorkspace;
}

/** One sentence for each fault; none when the value is a valid workspace. */
export function workspaceFaults(value: unknown): string[] {
  const checked = workspaceSchema.safeParse(value);
  if (checked.success) return referenceFaults(checked.data);
  return checked.error.issues.map((issue) => `${pathText(issue.path)} ${issue.message}.`);
}

/** @throws WorkspaceFileError if there is no such file, or it cannot be read */
export function readWorkspaceText(file: string): string {
  try {
    // Some editors write a byte order mark.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const fault =
      code === 'ENOENT'
        ? `The workspace file ${file} does not exist. Write the tutorial's with "npx taskrouter init", or choose`
        : `Cannot read the workspace file ${file} (${code}). Choose`;
    throw new WorkspaceFileError([`${fault} another with --workspace FILE.`]);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message;
    throw fileError(file, [`invalid JSON (${reason}${lineOf(text, reason)}).`]);
  }
}

/** Node 20 reports the position in characters, not the line. */
function lineOf(text: string, reason: string): string {
  const position = /at position (\d+)$/.exec(reason)?.[1];
  return position === undefined ? '' : `, line ${text.slice(0, Number(position)).split('\n').length}`;
}

const fileError = (file: string, faults: readonly string[]) =>
  new WorkspaceFileError(faults.map((fault) => `${path.basename(file)}: ${fault}`));

/** The workspace cannot match its file. One sentence per fault, each with what to do. */
export class WorkspaceFileError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'WorkspaceFileError';
  }
}
