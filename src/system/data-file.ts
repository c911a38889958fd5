import { readFileSync } from 'node:fs';
import { replaceFile } from './replace-file';

/** A file of the data directory cannot be used. The message says what to do. */
export class DataFileDamaged extends Error {
  override readonly name = 'DataFileDamaged';
}

/** The text of a file of the data directory; null if it does not exist. @throws DataFileDamaged if it cannot be read */
export function readDataFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new DataFileDamaged(`Cannot read ${file} (${code}). Use another directory: --data DIR.`);
  }
}

/**
 * Writes a file that only its owner can read: entirely or not at all, and on disk when it returns.
 * @throws DataFileDamaged if the disk is full
 */
export function writeDataFile(file: string, text: string): void {
  try {
    replaceFile(file, text, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new DataFileDamaged(`The disk is full: ${file} cannot be written. Free space and start again.`);
  }
}
