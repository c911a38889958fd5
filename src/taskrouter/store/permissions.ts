import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const othersMask = 0o077;

/**
 * A warning if other users of the computer can open the data directory or a file in it, which contain credentials and
 * personal data of callers; otherwise null. Our choice: the modes are not changed, because they may be intended.
 */
export function permissionWarning(directory: string): string | null {
  // Windows has no such modes.
  if (process.platform === 'win32') return null;
  const open = [directory, ...readdirSync(directory).map((name) => join(directory, name))].find(isOpen);
  if (open === undefined) return null;
  return (
    `Other users of this computer can open ${open}. It holds credentials and data of callers. ` +
    `To keep them out, run: chmod -R go-rwx '${directory.replaceAll("'", String.raw`'\''`)}'`
  );
}

/** A file can disappear meanwhile. */
const isOpen = (path: string): boolean =>
  ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & othersMask) !== 0;
