import { readFileSync, truncateSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;

/**
 * Cuts a SQLite write-ahead log in the middle of its last transaction, as a crash of the computer can.
 * Source of the format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 * @param share how much of the transaction remains, from 0 to 1
 * @returns whether there was a transaction that only the log holds
 */
export function tearLog(file: string, share: number): boolean {
  const log = readFileSync(file);
  const { start, end } = lastTransaction(log);
  if (start < headerBytes + writtenBack(file) * frameBytes(log) || start === end) return false;
  // At least one byte of it is lost, and one remains: otherwise the log looks complete.
  truncateSync(file, start + 1 + Math.floor(share * (end - start - 1)));
  return true;
}

/**
 * How many frames may already be in the database. A crash cannot tear these, because SQLite writes them to the database only
 * after the log is on the disk. Source of the place: https://www.sqlite.org/walformat.html#the_wal_index_file_format
 */
function writtenBack(file: string): number {
  const index = readFileSync(file.replace(/-wal$/, '-shm'));
  return index.readUInt32LE(attemptedAt);
}

const attemptedAt = 128;

const frameBytes = (log: Buffer) => (log.length < headerBytes ? 0 : frameHeaderBytes + log.readUInt32BE(8));

/** Where the last committed transaction begins and ends. Behind it are frames from before the log started anew. */
function lastTransaction(log: Buffer): { readonly start: number; readonly end: number } {
  let [start, end] = [headerBytes, headerBytes];
  if (log.length < headerBytes) return { start, end };
  const size = frameBytes(log);
  const salts = log.subarray(16, 24);
  for (let at = headerBytes; at + size <= log.length; at += size) {
    if (!log.subarray(at + 8, at + 16).equals(salts)) break;
    const isCommit = log.readUInt32BE(at + 4) !== 0;
    if (isCommit) [start, end] = [end, at + size];
  }
  return { start, end };
}
