import { createHash, randomFillSync } from 'node:crypto';

const sidBytes = 16;
/** Chance is drawn for 256 sids at a time: asking for it is dear, and an event is made for everything that happens. */
const chance = Buffer.alloc(256 * sidBytes);
let used = chance.length;

/** A prefix and 32 random hexadecimal digits. */
export function randomSid(prefix: string): string {
  if (used === chance.length) {
    randomFillSync(chance);
    used = 0;
  }
  used += sidBytes;
  return prefix + chance.toString('hex', used - sidBytes, used);
}

/**
 * Random sids, except that a named thing which is made again gets the sid it had: after a reset the `export` lines in
 * somebody's terminal still hold. Each remembered sid is given once.
 */
export class RememberingSids {
  private readonly remembered = new Map<string, string>();

  readonly next = (prefix: string, name?: string): string => {
    const key = `${prefix} ${name}`;
    const sid = name === undefined ? undefined : this.remembered.get(key);
    this.remembered.delete(key);
    return sid ?? randomSid(prefix);
  };

  remember(prefix: string, name: string, sid: string): void {
    this.remembered.set(`${prefix} ${name}`, sid);
  }
}

/** Looks random and is not: the n-th sid of a prefix depends on the seed alone. */
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
