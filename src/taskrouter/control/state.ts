import type { View } from '../engine/state/view';
import { formatDate } from '../http/dates';
import type { ApiOptions } from '../http/options';
import { tableNames } from '../model/entities';
import { tellClock } from './clock-control';

/** The clock, and how much there is of everything. */
export function stateOf(options: ApiOptions): Promise<object> {
  const { taskRouter, account, onReset } = options;
  return taskRouter.read((view, now) => ({
    account_sid: account.sid,
    date: formatDate(now),
    date_ms: now,
    counts: Object.fromEntries(tableNames.map((table) => [snakeCase(table), countOf(view.all(table))])),
    tasks_by_status: tally(view.all('tasks'), ({ status }) => status),
    workers_by_availability: workersByAvailability(view),
    clock: tellClock(taskRouter),
    functions_url: withoutCredentials(options.functionsUrl?.() ?? null),
    can_reset: onReset !== undefined,
  }));
}

/** For a link: what may stand before the host is nobody's to see, and a query is for the callbacks alone. */
function withoutCredentials(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/+$/, '');
}

function workersByAvailability(view: View): Record<string, number> {
  const counts = tally(view.all('workers'), ({ activitySid }) =>
    view.find('activities', activitySid)?.available ? 'available' : 'unavailable',
  );
  return { available: 0, unavailable: 0, ...counts };
}

function tally<Row>(rows: Iterable<Row>, wordOf: (row: Row) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[wordOf(row)] = (counts[wordOf(row)] ?? 0) + 1;
  return counts;
}

function countOf(rows: Iterable<unknown>): number {
  let count = 0;
  for (const _row of rows) count += 1;
  return count;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
