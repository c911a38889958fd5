/** A duration in s, as one says it: `12 s`, `2 min 5 s`, `1 h 10 min`, `2 d 3 h`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [
    { unit: 'd', value: Math.floor(whole / 86_400) },
    { unit: 'h', value: Math.floor(whole / 3600) % 24 },
    { unit: 'min', value: Math.floor(whole / 60) % 60 },
    { unit: 's', value: whole % 60 },
  ];
  const first = parts.findIndex(({ value }) => value > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(({ value }) => value > 0)
    .map(({ unit, value }) => `${value} ${unit}`)
    .join(' ');
}
