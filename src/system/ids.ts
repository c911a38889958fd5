import { createHash, randomFillSync } from 'node:crypto';

const sidBytes = 16;
/** Random bytes for 256 sids at a time: each call for random bytes is expensive, and every event has a sid. */
const randomPool = Buffer.alloc(256 * sidBytes);
let used = randomPool.length;

/** A prefix and 32 random hexadecimal digits. */
export function randomSid(prefix: string): string {
  if (used === randomPool.length) {
    randomFillSync(randomPool);
    used = 0;
  }
  used += sidBytes;
  return prefix + randomPool.toString('hex', used - sidBytes, used);
}

/**
 * Random sids, except that a named entity gets its earlier sid when it is created again. So the `export` lines in a
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
