import { createHash, randomBytes } from 'node:crypto';

/** A prefix and 32 random hexadecimal digits. */
export const randomSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');

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
