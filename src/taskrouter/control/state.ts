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
    counts: Object.fromEntries(tableNames.map((table) => [snakeCase(table), view.count(table)])),
    tasks_by_status: view.tasksByStatus(),
    workers_by_availability: view.workersByAvailability(),
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

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
