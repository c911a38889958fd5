import { chmodSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { ConfigurationError } from './config';

/** The text of a file of variables; null when there is none. @throws ConfigurationError when it cannot be read */
export function readEnvironmentFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unusable(file, 'read', error);
  }
}

/**
 * Puts variables into such a file: lines that are there are replaced, others added at the end, and everything else
 * stays as it is. On disk whole or not at all.
 * @param mode of the file afterwards; without it that of the present file, or for its owner alone when it is new
 * @throws ConfigurationError when it cannot be read or written
 */
export function writeVariables(
  file: string,
  variables: Readonly<Record<string, string>>,
  mode?: number,
): void {
  const present = readEnvironmentFile(file);
  const text = Object.entries(variables).reduce(withVariable, present ?? '');
  // A symbolic link stays one: its file is written.
  const target = present === null ? file : realpathSync(file);
  const wanted = mode ?? (present === null ? 0o600 : statSync(target).mode & 0o777);
  const unfinished = `${target}.new`;
  try {
    writeFileSync(unfinished, text, { mode: 0o600, flush: true });
    chmodSync(unfinished, wanted);
    renameSync(unfinished, target);
  } catch (error) {
    throw unusable(unfinished, 'written', error);
  }
}

function unusable(file: string, what: string, error: unknown): ConfigurationError {
  const { code } = error as NodeJS.ErrnoException;
  return new ConfigurationError([`${file} cannot be ${what} (${code}): it must be a file of yours.`]);
}

/** Of several lines for one variable the last counts, so all of them are written. */
function withVariable(text: string, [name, value]: [string, string]): string {
  const line = `${name}=${value}`;
  const present = new RegExp(`^[ \\t]*${name}[ \\t]*=[^\\r\\n]*`, 'gm');
  if (present.test(text)) return text.replace(present, () => line);
  return `${text}${text && !text.endsWith('\n') ? '\n' : ''}${line}\n`;
}
