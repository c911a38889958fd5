import { createHash, randomFillSync } from 'node:crypto';

const randomBytes = 8;
/** Random bytes for 2,048 sids at a time: each call for random bytes is expensive, and every event has a sid. */
const randomPool = Buffer.alloc(2048 * randomBytes);
let used = randomPool.length;

/**
 * The sid that is being made, with the prefix before the digits. Written in place, because a text that is put together
 * from parts keeps the parts: 80 bytes instead of 56, for every entity and event.
 */
const sid = Buffer.alloc(48);
const place = { time: 16, count: 28, random: 32, end: 48 };
const hexDigits = Buffer.from('0123456789abcdef');

/** The time of the last sid, in Unix milliseconds, and how many sids before it had this time. */
const last = { time: 0, count: 0 };

/**
 * A prefix and 32 hexadecimal digits: 12 of the time, 4 that count, and 16 random ones. The order is our choice, as in
 * UUIDs of version 7 (https://www.rfc-editor.org/rfc/rfc9562#section-5.7): sids that are made together are neighbors in
 * every index of the store. With random ones, each event would change another page of the database, and a commit would
 * write two to three times as much.
 */
export function randomSid(prefix: string): string {
  const start = place.time - prefix.length;
  for (let at = 0; at < prefix.length; at += 1) sid[start + at] = prefix.charCodeAt(at);
  writeTime();
  writeRandom();
  return sid.toString('latin1', start, place.end);
}

/** Ascending, whatever the clock does within a run. The count starts again after 65,536 sids in a millisecond. */
function writeTime(): void {
  const now = Date.now();
  if (now > last.time) {
    last.time = now;
    last.count = 0;
    sid.write(now.toString(16).padStart(12, '0'), place.time, 'latin1');
  }
  const count = last.count++ & 0xffff;
  writeByte(count >> 8, place.count);
  writeByte(count & 0xff, place.count + 2);
}

function writeRandom(): void {
  if (used === randomPool.length) {
    randomFillSync(randomPool);
    used = 0;
  }
  for (let at = place.random; at < place.end; at += 2) writeByte(randomPool[used++] as number, at);
}

function writeByte(byte: number, at: number): void {
  sid[at] = hexDigits[byte >> 4] as number;
  sid[at + 1] = hexDigits[byte & 15] as number;
}

/**
 * New sids, except that a named entity gets its earlier sid when it is created again. So the `export` lines in a
 * terminal stay valid after a reset. Each remembered sid is used once.
 */
export class RememberingSids {
  private readonly remembered = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  readonly next = (prefix: string, name?: string): string => {
    if (name === undefined) return randomSid(prefix);
    const key = `${prefix} ${name}`;
    const earlier = this.remembered.get(key);
    this.remembered.delete(key);
    return earlier ?? randomSid(prefix);
  };

  /** Of two names for one sid, the later counts: two entities must not get the same sid. */
  remember(prefix: string, name: string, sid: string): void {
    const key = `${prefix} ${name}`;
    const earlier = this.keys.get(sid);
    if (earlier !== undefined && this.remembered.get(earlier) === sid) this.remembered.delete(earlier);
    this.keys.set(sid, key);
    this.remembered.set(key, sid);
  }
}

/** Not random: the n-th sid of a prefix depends only on the seed. */
export function seededSids(seed: string): (prefix: string) => string {
  const counts = new Map<string, number>();
  return (prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    const digits = createHash('sha256')
      .update(JSON.stringify([seed, prefix, count]))
      .digest('hex');
    return prefix + digits.slice(0, 32);
  };
}
