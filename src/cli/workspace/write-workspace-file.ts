import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../../system/config';
import { replaceFile } from '../../system/replace-file';
import { orConfigurationError } from '../or-configuration-error';

interface WorkspaceFileOptions {
  /** Overwrites a file that differs. */
  readonly force: boolean;
  /** Whether the present text of the file needs no change although it differs. */
  isEquivalent(present: string): boolean;
}

/**
 * Writes the file, unless it has the same content already.
 * @returns whether it was written
 * @throws ConfigurationError when the file differs and may not be overwritten, or cannot be written
 */
export function writeWorkspaceFile(
  file: string,
  text: string,
  { force, isEquivalent }: WorkspaceFileOptions,
): boolean {
  const present = readIfPresent(file);
  if (present !== null && hasSameContent(present, text)) return false;
  if (present !== null && !force) {
    if (isEquivalent(present)) return false;
    throw new ConfigurationError([
      `${file} exists and differs from the workspace. Choose another file with --workspace FILE, or overwrite it with --force.`,
    ]);
  }
  orConfigurationError(`write ${file}`, otherFile, () => replaceFile(file, text));
  return true;
}

/** Null if there is no such file. @throws ConfigurationError when it cannot be read */
export function readIfPresent(file: string): string | null {
  return orConfigurationError(`read ${file}`, otherFile, () => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  });
}

const otherFile = 'Choose another file with --workspace FILE.';

/** The layout of the file does not matter. */
function hasSameContent(present: string, text: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(present), JSON.parse(text));
  } catch {
    return false;
  }
}
