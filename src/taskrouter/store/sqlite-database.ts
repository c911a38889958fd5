import { closeSync, existsSync, openSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { StoreFailed, StoreUnavailable } from './store';

/**
 * How long a statement waits while another program has the file locked, in milliseconds (our choice). The ownership of
 * the directory keeps other servers out; this is for a database browser, for example.
 */
const busyTimeout = 500;

/** Marks a file as ours (`PRAGMA application_id`): "TRLC". */
export const applicationId = 0x54524c43;

/**
 * Opens a database file so that a commit is on disk when it returns. A missing file is created with mode 0600; a damaged
 * one is not changed.
 * @throws StoreUnavailable `corrupt`, `locked` or `unusable`.
 */
export function openDatabase(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    refuseLogWithoutDatabase(file);
    if (!existsSync(file)) closeSync(openSync(file, 'wx', 0o600));
    database = new Database(file, { timeout: busyTimeout });
    quickCheck(database, file);
    refuseForeign(database, file);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(syncEveryCommit);
    return database;
  } catch (error) {
    database?.close();
    throw unavailable(error, file);
  }
}

/** Without it, the log would lose its last commits in a power failure: https://www.sqlite.org/pragma.html#pragma_synchronous */
const syncEveryCommit = 'PRAGMA synchronous = FULL';

/**
 * Bytes. Our choice: SQLite writes the log again from the start every 4 MB, and a longer one, which a large commit has
 * left, is cut to this size.
 */
const maxIdleLogBytes = 16 * 1024 * 1024;

/**
 * Another connection to a database that `openDatabase` has opened. A commit is on disk when it returns. The rest is as
 * SQLite has it, because nothing else was better: with pages of 8 KiB, a task writes a sixth more; with 4 or 10 times
 * as many pages in the log before they are copied into the database, the total time is the same, and the longest
 * commit takes 40 or 80 ms instead of 30.
 */
export function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: busyTimeout });
  database.exec(syncEveryCommit);
  database.exec(`PRAGMA journal_size_limit = ${maxIdleLogBytes}`);
  return database;
}

/** Runs `work` as one transaction: committed when it returns, rolled back when it throws. */
export function inTransaction<Result>(database: Database.Database, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // After a full disk, SQLite has already rolled back: https://www.sqlite.org/lang_transaction.html
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

export function firstRow<Row>(database: Database.Database, sql: string): Row | undefined {
  return database.prepare(sql).all()[0] as Row | undefined;
}

/** The error of `file` with what the user can do about it. */
export function unavailable(error: unknown, file: string): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const { code = '', message } = error as { code?: string; message: string };
  if (isDiskFull(error, file)) return new StoreUnavailable('unusable', diskFull(file));
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code) || /malformed JSON/.test(message)) return corrupt(file, message);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new StoreUnavailable(
      'locked',
      `Another program has ${file} locked. Close it there and start again.`,
    );
  }
  return new StoreUnavailable(
    'unusable',
    `Cannot open ${file} (${message}). Make it readable and writable, or use another directory: --data DIR.`,
  );
}

/** The error of a read or write while the store is open. */
export function failed(error: unknown, file: string): StoreFailed {
  const detail = isDiskFull(error, file)
    ? diskFull(file)
    : `The store ${file} failed: ${(error as Error).message}`;
  return new StoreFailed(detail, { cause: error });
}

const diskFull = (file: string) =>
  `The disk is full: ${file} cannot be written. Everything acknowledged is stored. Free space and start again.`;

/** Bytes. Our choice: with less, an I/O error is one of a full disk. */
const almostNothing = 65_536;

/** A full disk or an exceeded quota. SQLite reports some of them as an I/O error: https://www.sqlite.org/rescode.html */
export function isDiskFull(error: unknown, file: string): boolean {
  const { code = '' } = error as { code?: string };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return true;
  return code.startsWith('SQLITE_IOERR') && freeBytes(file) < almostNothing;
}

function freeBytes(file: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

export function corrupt(file: string, detail: string): StoreUnavailable {
  return new StoreUnavailable(
    'corrupt',
    `${file} is damaged (${detail}). Nothing was changed. Move it and ${file}-wal away to start anew, ` +
      'or use another directory: --data DIR.',
  );
}

function quickCheck(database: Database.Database, file: string): void {
  const found = firstRow<{ quick_check: string }>(database, 'PRAGMA quick_check(1)')?.quick_check;
  if (found !== 'ok') throw corrupt(file, found ?? 'no result of PRAGMA quick_check');
}

/** A database without our mark is either new and empty, or another program's. */
function refuseForeign(database: Database.Database, file: string): void {
  const id = firstRow<{ application_id: number }>(database, 'PRAGMA application_id')?.application_id;
  if (id === applicationId || !firstRow(database, 'SELECT 1 FROM sqlite_schema LIMIT 1')) return;
  throw new StoreUnavailable(
    'corrupt',
    `${file} is a database of another program. Nothing was changed. Move it away, or use another directory: --data DIR.`,
  );
}

/** SQLite would delete such a log, with everything written since the last checkpoint. */
function refuseLogWithoutDatabase(file: string): void {
  if (sizeOf(file) === 0 && sizeOf(`${file}-wal`) > 0) {
    throw corrupt(file, `it is empty or missing, while ${file}-wal holds data`);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
