import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { unavailable } from './sqlite-database';
import { StoreUnavailable } from './store';

/**
 * How long to wait for the present owner, in milliseconds (our choice): long enough for a process that is just
 * ending, and for two that start together to settle who is first.
 */
const patience = 300;

/**
 * Makes this process the only user of a data directory, until the returned function is called or the process ends
 * however it ends. The lock is a transaction that stays open on an empty database of its own: SQLite's file lock,
 * which the operating system drops with the process, so that nothing stale is ever left. It is not on the data
 * itself, because libsql keeps a closed database open until its statements are garbage. Nothing else may open
 * `owner.lock`: closing a file drops all locks that the process has on it (POSIX). `owner.json` only says who it is.
 * @throws StoreUnavailable `locked`, naming the owner.
 */
export function takeOwnership(directory: string): () => void {
  const file = join(directory, 'owner.lock');
  const nameplate = join(directory, 'owner.json');
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file, { timeout: patience });
    chmodSync(file, 0o600);
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(nameplate, JSON.stringify({ pid: process.pid, started: new Date().toISOString() }), {
      mode: 0o600,
    });
  } catch (error) {
    lock?.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw locked(directory, nameplate);
    throw unavailable(error, file);
  }
  return () => {
    try {
      rmSync(nameplate, { force: true });
    } finally {
      lock.close();
    }
  };
}

function locked(directory: string, nameplate: string): StoreUnavailable {
  return new StoreUnavailable(
    'locked',
    `The data directory ${directory} is in use by ${describeOwner(nameplate)}. ` +
      'Stop it first, or name another directory: --data DIR.',
  );
}

/** A nameplate may be missing, half written or left over; then the owner stays unnamed. */
function describeOwner(nameplate: string): string {
  try {
    const { pid, started } = JSON.parse(readFileSync(nameplate, 'utf8'));
    process.kill(pid, 0);
    return `process ${pid}, started ${started}`;
  } catch (error) {
    // A live process of another user cannot be signalled (EPERM), but it is there.
    return (error as { code?: string }).code === 'EPERM' ? "another user's process" : 'another process';
  }
}
