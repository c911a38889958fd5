import type { Figure } from '../../bench/measure';
import { amount, goalText, isMet } from '../../bench/report/goals';

const latency: Figure = {
  label: 'Lifecycle',
  unit: 'ms',
  value: 12,
  percentiles: { p50: 12, p99: 61, max: 80 },
  goals: [
    { of: 'p50', atMost: 15 },
    { of: 'p99', atMost: 60 },
  ],
};

test('a figure reaches its goals only if it reaches all of them', () => {
  expect(isMet(latency)).toBe(false);
  expect(isMet({ ...latency, percentiles: { p50: 15, p99: 60, max: 80 } })).toBe(true);
});

test('a goal for a number that was not measured is not reached', () => {
  expect(isMet({ ...latency, goals: [{ of: 'ratio', atLeast: 0.2 }] })).toBe(false);
  expect(isMet({ ...latency, value: Number.NaN, goals: [{ of: 'value', atMost: 1 }] })).toBe(false);
});

test('a figure without a goal or without a value is neither', () => {
  expect(isMet({ ...latency, goals: [] })).toBeNull();
  expect(isMet({ ...latency, value: null })).toBeNull();
});

test('a stretch goal decides nothing', () => {
  const goals = [{ of: 'ratio', atLeast: 0.2, stretch: 0.3 }] as const;
  expect(isMet({ ...latency, ratio: { to: 'the floor', value: 0.25 }, goals })).toBe(true);
});

test('writes goals with their percentile, unit, peer, and stretch', () => {
  expect(goalText(latency)).toBe('p50 ≤ 15 ms, p99 ≤ 60 ms');
  const ratio = { to: 'the floor', value: 0.1 };
  const goals = [{ of: 'ratio', atLeast: 0.2, stretch: 0.3 }] as const;
  expect(goalText({ ...latency, ratio, goals })).toBe('≥ 0.2 × the floor, stretch 0.3 ×');
});

test.each([
  [25_123.4, '/s', '25,123/s'],
  [0.0849, 'x', '0.085 ×'],
  [3.456, 'ms', '3.5 ms'],
  [0, 'ms', '0 ms'],
  [980.4, 'ms', '980 ms'],
] as const)('writes %d in %s as %s', (number, unit, text) => {
  expect(amount(number, unit)).toBe(text);
});
