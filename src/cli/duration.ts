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
