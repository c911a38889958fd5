import type { SidPrefix, SidSource } from '../../src/taskrouter/model/sids';

/** Sids that count from 1 for each prefix, so that expected values can be written out: `WT000…001`. */
export function countingSids(): SidSource {
  const counts = new Map<SidPrefix, number>();
  return (prefix) => {
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return countedSid(prefix, count);
  };
}

/** The sid that `countingSids` gives as the so-manieth of its prefix. */
export function countedSid(prefix: SidPrefix, count: number): string {
  return prefix + String(count).padStart(32, '0');
}
