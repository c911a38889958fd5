import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../system/config';

/**
 * The path of a data directory that must exist: opening a mistyped one would create it.
 * @param toDo what the command does with it
 * @throws ConfigurationError
 */
export function existingDirectory(data: string, toDo: string): string {
  const dataDirectory = path.resolve(data);
  if (existsSync(dataDirectory)) return dataDirectory;
  throw new ConfigurationError([
    `${dataDirectory} does not exist, so there is nothing to ${toDo}. Choose the directory with --data DIR.`,
  ]);
}
