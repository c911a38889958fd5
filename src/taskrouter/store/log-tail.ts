import { existsSync, readFileSync } from 'node:fs';

/**
 * The number of bytes at the end of a write-ahead log that SQLite ignores without an error: an unfinished commit, or the
 * remains of commits in a truncated or damaged file. Frames of an earlier generation of the log, which SQLite overwrites
 * from the start, do not count.
 * Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 * @param file the log; 0 if it does not exist
 */
export function ignoredBytes(file: string): number {
  if (!existsSync(file)) return 0;
  const log = readFileSync(file);
  if (log.length <= headerBytes) return 0;
  const header = readHeader(log);
  if (!header) return log.length;
  return endOfGeneration(log, header) - endOfLastCommit(log, header);
}

const headerBytes = 32;
const frameHeaderBytes = 24;

interface Header {
  readonly littleEndian: boolean;
  readonly frameBytes: number;
  readonly salts: Buffer;
  readonly checksum: Checksum;
}

type Checksum = readonly [number, number];

/** Null for a damaged header: SQLite ignores the whole log then. */
function readHeader(log: Buffer): Header | null {
  const magic = log.readUInt32BE(0);
  if (magic >>> 1 !== 0x377f0682 >>> 1) return null;
  const littleEndian = magic === 0x377f0682;
  const checksum = added([0, 0], log.subarray(0, 24), littleEndian);
  if (!isAt(log, 24, checksum)) return null;
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8);
  return { littleEndian, frameBytes, salts: log.subarray(16, 24), checksum };
}

/** Where the last frame with the salts of the header ends; the last one may be cut. */
function endOfGeneration(log: Buffer, { frameBytes, salts }: Header): number {
  let at = headerBytes;
  while (at < log.length && hasSalts(log, at, salts)) at += frameBytes;
  return Math.min(at, log.length);
}

/** A frame that is cut within its header may be anybody's: it counts, if the frame before it does. */
function hasSalts(log: Buffer, at: number, salts: Buffer): boolean {
  const found = log.subarray(at + 8, at + 16);
  return found.equals(salts.subarray(0, found.length));
}

/** Each checksum continues the one before, so that everything after a damaged frame is lost. */
function endOfLastCommit(log: Buffer, { littleEndian, frameBytes, salts, checksum }: Header): number {
  let end = headerBytes;
  let sum = checksum;
  for (let at = headerBytes; at + frameBytes <= log.length && hasSalts(log, at, salts); at += frameBytes) {
    sum = added(sum, log.subarray(at, at + 8), littleEndian);
    sum = added(sum, log.subarray(at + frameHeaderBytes, at + frameBytes), littleEndian);
    if (!isAt(log, at + 16, sum)) break;
    const isCommit = log.readUInt32BE(at + 4) > 0;
    if (isCommit) end = at + frameBytes;
  }
  return end;
}

function added([first, second]: Checksum, bytes: Buffer, littleEndian: boolean): Checksum {
  const word = (at: number) => (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  let [one, two] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return [one, two];
}

const isAt = (log: Buffer, at: number, [one, two]: Checksum): boolean =>
  log.readUInt32BE(at) === one && log.readUInt32BE(at + 4) === two;
