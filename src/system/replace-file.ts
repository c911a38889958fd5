import { closeSync, fsyncSync, openSync, realpathSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/**
 * Replaces the contents of a file, entirely or not at all, and returns once they are on disk. A symbolic link stays one.
 * @param mode the file's mode afterwards; default: unchanged
 */
export function replaceFile(file: string, text: string, mode?: number): void {
  writeFileAtomic.sync(file, text, mode === undefined ? {} : { mode });
  syncDirectory(path.dirname(realpathSync(file)));
}

/** write-file-atomic syncs only the file. Without this, a power failure could undo the rename. */
function syncDirectory(directory: string): void {
  // Windows cannot sync a directory, and does not need to.
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
