import { StatisticsTooOld } from '../../src/taskrouter/model/errors';
import { statisticsWindow, type WindowRequest } from '../../src/taskrouter/statistics/window';

const now = Date.parse('2026-01-31T12:00:00Z');
const day = 86_400_000;
const dates = (request: WindowRequest) => {
  const { from, to } = statisticsWindow(request, now);
  return [from, to].map((date) => new Date(date).toISOString().slice(0, 19));
};

it.each<[string, WindowRequest, string, string]>([
  ['the last 15 minutes by default', {}, '2026-01-31T11:45:00', '2026-01-31T12:00:00'],
  ['so many minutes', { minutes: 60 }, '2026-01-31T11:00:00', '2026-01-31T12:00:00'],
  [
    'from a date until now',
    { startDate: Date.parse('2026-01-02T00:00:00Z') },
    '2026-01-02T00:00:00',
    '2026-01-31T12:00:00',
  ],
  [
    'the 15 minutes before a date',
    { endDate: Date.parse('2026-01-30T10:00:00Z') },
    '2026-01-30T09:45:00',
    '2026-01-30T10:00:00',
  ],
  ['a moment', { startDate: now, endDate: now }, '2026-01-31T12:00:00', '2026-01-31T12:00:00'],
  [
    'until a date to come',
    { startDate: now, endDate: now + 3_600_000 },
    '2026-01-31T12:00:00',
    '2026-01-31T13:00:00',
  ],
])('accepts %s', (_case, request, from, to) => {
  expect(dates(request)).toEqual([from, to]);
});

it.each<[string, WindowRequest, string]>([
  ['minutes with StartDate', { minutes: 5, startDate: now }, 'Minutes cannot be used together with'],
  ['minutes with EndDate', { minutes: 5, endDate: now }, 'Minutes cannot be used together with'],
  ['no minutes at all', { minutes: 0 }, "Value '0' provided for Minutes is out of range"],
  ['an end before its start', { startDate: now, endDate: now - 1 }, 'StartDate must not be after EndDate'],
  ['a start to come without an end', { startDate: now + 1 }, 'StartDate must not be after EndDate'],
])('refuses %s', (_case, request, message) => {
  expect(() => statisticsWindow(request, now)).toThrow(message);
});

it('starts at most 30 days ago', () => {
  expect(statisticsWindow({ startDate: now - 30 * day }, now).from).toBe(now - 30 * day);
  expect(() => statisticsWindow({ startDate: now - 30 * day - 1 }, now)).toThrow(StatisticsTooOld);
  expect(() => statisticsWindow({ minutes: 30 * 24 * 60 + 1 }, now)).toThrow(StatisticsTooOld);
  expect(new StatisticsTooOld('').code).toBe(14241);
});
