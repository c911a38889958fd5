import { formatDate } from '../http/dates';
import type { ApiOptions } from '../http/options';
import { tableNames } from '../model/entities';
import { clockToJson } from './clock-control';

export type StateJson = Awaited<ReturnType<typeof readState>>;

/** The clock and the number of entities, as `/_taskrouter/state` and the stream show them. */
export function readState(options: ApiOptions) {
  const { taskRouter, account, onReset } = options;
  return taskRouter.read((view, now) => ({
    account_sid: account.sid,
    date: formatDate(now),
    date_ms: now,
    counts: Object.fromEntries(tableNames.map((table) => [snakeCase(table), view.count(table)])),
    tasks_by_status: view.tasksByStatus(),
    workers_by_availability: view.workersByAvailability(),
    clock: clockToJson(taskRouter),
    functions_url: withoutCredentials(options.functionsUrl?.() ?? null),
    suggested_move: options.suggestedMove ?? null,
    can_reset: onReset !== undefined,
  }));
}

/** The URL for a link: without user information, which is secret, and without the query, which only callbacks need. */
function withoutCredentials(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  return origin + pathname.replace(/\/+$/, '');
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
