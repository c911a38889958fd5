import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../../system/config';

/**
 * Writes the file, unless it says the same already.
 * @returns whether it was written
 * @throws ConfigurationError when it says something else and may not be overwritten, or cannot be written
 */
export function writeWorkspaceFile(file: string, text: string, force: boolean): boolean {
  const present = readIfThere(file);
  if (present !== null && saysTheSame(present, text)) return false;
  if (present !== null && !force) {
    throw new ConfigurationError([
      `${file} is there and says something else. Name another file with --workspace FILE, or overwrite it with --force.`,
    ]);
  }
  return attempt(file, 'written', () => {
    writeFileSync(file, text);
    return true;
  });
}

function readIfThere(file: string): string | null {
  return attempt(file, 'read', () => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  });
}

function attempt<Result>(file: string, what: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([
      `${file} cannot be ${what} (${code}). Name another file with --workspace FILE.`,
    ]);
  }
}

/** How somebody has laid it out is theirs. */
function saysTheSame(present: string, text: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(present), JSON.parse(text));
  } catch {
    return false;
  }
}
