import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { unavailable } from './sqlite-database';
import { StoreUnavailable } from './store';

/**
 * How long to wait for the present owner, in milliseconds (our choice): long enough for a process that is ending, and
 * for two that start at the same time.
 */
const waitMs = 300;

/**
 * Makes this process the only user of a data directory, until the returned function is called or the process ends. The
 * lock is a transaction that stays open on a separate empty database: it is SQLite's file lock, which the operating
 * system releases with the process, so that no stale lock remains. It is not on the data itself, because libsql keeps a
 * closed database open until its statements are garbage-collected. Nothing else may open `owner.lock`: closing a file
 * releases all locks that the process has on it (POSIX). `owner.json` only names the owner.
 * @throws StoreUnavailable `locked`, with the name of the owner
 */
export function takeOwnership(directory: string): () => void {
  const file = join(directory, 'owner.lock');
  const nameplate = join(directory, 'owner.json');
  let lock: Database.Database | undefined;
  try {
    lock = new Database(file, { timeout: waitMs });
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
      'Stop it first, or use another directory: --data DIR.',
  );
}

/** The nameplate may be missing, incomplete, or stale; then the owner is not named. */
function describeOwner(nameplate: string): string {
  try {
    const { pid, started } = JSON.parse(readFileSync(nameplate, 'utf8'));
    process.kill(pid, 0);
    return `process ${pid}, started ${started}`;
  } catch (error) {
    // EPERM: the process exists, but it is another user's.
    return (error as { code?: string }).code === 'EPERM' ? "another user's process" : 'another process';
  }
}
