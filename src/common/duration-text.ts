const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/**
 * A duration for people, in its largest units: `12 s`, `2 min 5 s`, `1 h 10 min`, `2 d 3 h`.
 * @param durationMs milliseconds; rounded down to seconds, and 0 if negative
 * @param maxUnits how many consecutive units to show, starting with the largest that is not zero
 */
export function durationText(durationMs: number, maxUnits = 2): string {
  let left = Math.max(0, Math.floor(durationMs / 1000));
  const parts = units.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + maxUnits)
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => `${count} ${unit}`)
    .join(' ');
}
