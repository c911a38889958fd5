import { ConfigurationError } from '../system/config';

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/**
 * Seconds from a text such as `90s`, `20m`, `2h`, `1d` or `1h30m`; a bare number is seconds.
 * @throws ConfigurationError
 */
export function secondsOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?[smhd])+$/.test(text)) {
    throw new ConfigurationError([`"${text}" is no duration. Write it like 90s, 20m, 2h, 1d or 1h30m.`]);
  }
  const parts = [...text.matchAll(/([\d.]+)([smhd])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * seconds[unit as keyof typeof seconds],
    0,
  );
}

/** Its two largest units: `1d 2h`, `20m`, `0s`. */
export function durationText(milliseconds: number): string {
  let left = Math.round(milliseconds / 1000);
  const parts: string[] = [];
  for (const [unit, size] of Object.entries(seconds).reverse()) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0s';
}
