import { existsSync, readFileSync } from 'node:fs';
import { ConfigurationError } from './config';
import { replaceFile } from './replace-file';

/** The text of a file of variables; null if it does not exist. @throws ConfigurationError if it cannot be read */
export function readEnvironmentFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unusable(file, 'read', error);
  }
}

/**
 * Sets variables in such a file: replaces their lines, adds missing ones at the end, and leaves everything else as it is.
 * Written entirely or not at all.
 * @param mode the file's mode afterwards; default: unchanged, or for its owner alone if it is new
 * @throws ConfigurationError if it cannot be read or written
 */
export function writeVariables(
  file: string,
  variables: Readonly<Record<string, string>>,
  mode?: number,
): void {
  const text = Object.entries(variables).reduce(withVariable, readEnvironmentFile(file) ?? '');
  try {
    replaceFile(file, text, mode ?? (existsSync(file) ? undefined : 0o600));
  } catch (error) {
    throw unusable(file, 'write', error);
  }
}

function unusable(file: string, action: 'read' | 'write', error: unknown): ConfigurationError {
  const { code } = error as NodeJS.ErrnoException;
  return new ConfigurationError([`Cannot ${action} ${file} (${code}). It must be a file that you own.`]);
}

/** If several lines set a variable, the last one counts, so all of them are replaced. */
function withVariable(text: string, [name, value]: [string, string]): string {
  const line = `${name}=${value}`;
  const present = new RegExp(`^[ \\t]*${name}[ \\t]*=[^\\r\\n]*`, 'gm');
  if (present.test(text)) return text.replace(present, () => line);
  return `${text}${text && !text.endsWith('\n') ? '\n' : ''}${line}\n`;
}
