import { ConfigurationError } from '../system/config';

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/**
 * Seconds from a text such as `90s`, `20m`, `2h`, `1d` or `1h30m`; a number without a unit is seconds.
 * @throws ConfigurationError
 */
export function secondsOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?[smhd])+$/.test(text)) throw invalidDuration(text);
  const parts = [...text.matchAll(/([\d.]+)([smhd])/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * seconds[unit as keyof typeof seconds],
    0,
  );
}

export const invalidDuration = (text: string) =>
  new ConfigurationError([`Invalid duration '${text}'. Use 90s, 20m or 2h.`]);
