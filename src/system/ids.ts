import { createHash, randomFillSync } from 'node:crypto';

const randomBytes = 8;
/** Random bytes for 256 sids at a time: each call for random bytes is expensive, and every event has a sid. */
const randomPool = Buffer.alloc(256 * randomBytes);
let used = randomPool.length;

/** The time of the last sid, in Unix milliseconds and as 12 digits, and how many sids before it had this time. */
const last = { time: 0, digits: '', count: 0 };

/**
 * A prefix and 32 hexadecimal digits: 12 of the time, 4 that count, and 16 random ones. The order is our choice, as in
 * UUIDs of version 7 (https://www.rfc-editor.org/rfc/rfc9562#section-5.7): sids that are made together are neighbors in
 * every index of the store. With random ones, each event would change another page of the database, and a commit would
 * write two to three times as much.
 */
export function randomSid(prefix: string): string {
  return prefix + timeDigits() + randomDigits();
}

/** Ascending, whatever the clock does within a run. The count starts again after 65,536 sids in a millisecond. */
function timeDigits(): string {
  const now = Date.now();
  if (now > last.time) {
    last.time = now;
    last.digits = now.toString(16).padStart(12, '0');
    last.count = 0;
  }
  const count = last.count++ & 0xffff;
  return last.digits + count.toString(16).padStart(4, '0');
}

function randomDigits(): string {
  if (used === randomPool.length) {
    randomFillSync(randomPool);
    used = 0;
  }
  used += randomBytes;
  return randomPool.toString('hex', used - randomBytes, used);
}

/**
 * New sids, except that a named entity gets its earlier sid when it is created again. So the `export` lines in a
 * terminal stay valid after a reset. Each remembered sid is used once.
 */
export class RememberingSids {
  private readonly remembered = new Map<string, string>();
  private readonly keys = new Map<string, string>();

  readonly next = (prefix: string, name?: string): string => {
    const key = `${prefix} ${name}`;
    const sid = name === undefined ? undefined : this.remembered.get(key);
    this.remembered.delete(key);
    return sid ?? randomSid(prefix);
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
