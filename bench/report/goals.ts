import type { Figure, Goal, Unit } from '../measure';

/** Whether the figure reaches all its goals; null if it has none or was not measured. */
export function isMet(figure: Figure): boolean | null {
  if (figure.goals.length === 0 || figure.value === null) return null;
  return figure.goals.every((goal) => reaches(figure, goal));
}

function reaches(figure: Figure, { of, atLeast, atMost }: Goal): boolean {
  const number = numberOf(figure, of);
  if (number === undefined || number === null || Number.isNaN(number)) return false;
  return number >= (atLeast ?? Number.NEGATIVE_INFINITY) && number <= (atMost ?? Number.POSITIVE_INFINITY);
}

function numberOf({ value, ratio, percentiles }: Figure, of: Goal['of']): number | null | undefined {
  if (of === 'value') return value;
  return of === 'ratio' ? ratio?.value : percentiles?.[of];
}

/** Such as `p50 ≤ 15 ms, p99 ≤ 60 ms`, or `≥ 0.2 × the floor, stretch 0.3`. */
export function goalText(figure: Figure): string {
  return figure.goals.map((goal) => oneGoal(goal, figure)).join(', ');
}

function oneGoal({ of, atLeast, atMost, stretch }: Goal, { unit, ratio }: Figure): string {
  const written = (number: number) => (of === 'ratio' ? amount(number, 'x') : amount(number, unit));
  const name = of === 'value' || of === 'ratio' ? '' : `${of} `;
  const limits = [
    ...(atLeast === undefined ? [] : [`≥ ${written(atLeast)}`]),
    ...(atMost === undefined ? [] : [`≤ ${written(atMost)}`]),
  ].join(' and ');
  const to = of === 'ratio' && ratio ? ` ${ratio.to}` : '';
  const better = stretch === undefined ? '' : `, stretch ${written(stretch)}`;
  return `${name}${limits}${to}${better}`;
}

/** A number with its unit, in as many digits as mean something. */
export function amount(number: number, unit: Unit): string {
  const digits = number !== 0 && Math.abs(number) < 100 ? Number(number.toPrecision(2)) : Math.round(number);
  if (unit === 'x') return `${digits.toLocaleString('en-US')} ×`;
  return `${digits.toLocaleString('en-US')}${unit === '/s' ? '' : ' '}${unit}`;
}
