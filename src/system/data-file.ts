import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A small file of the data directory is not what we wrote. Its message says what to do. */
export class DataFileDamaged extends Error {
  override readonly name = 'DataFileDamaged';
}

/** The text of a file of the data directory; null when there is none. @throws DataFileDamaged when it cannot be read */
export function readDataFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new DataFileDamaged(`${file} cannot be read (${code}). Name another directory: --data DIR.`);
  }
}

/** On disk when it returns, whole or not at all, and for its owner alone. */
export function writeDataFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
