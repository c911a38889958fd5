import { limits } from '../common/limits';
import type { Reservation, Task } from '../taskrouter/model/entities';
import type { AccountState } from './account-state';

/**
 * REST does not show that a task waits to be offered again because its callbacks failed. It shows the reservations that
 * were canceled for it, and when. Dates are in whole seconds.
 */
const { first, max } = limits.offerAgainMs;
const second = 1000;

/** Whether the task has changed so recently that its reservations may tell. */
export const mayBeHeld = ({ status, dateUpdated }: Task, now: number): boolean =>
  status === 'pending' && now < dateUpdated + max + second;

/** Sids of the tasks that may wait to be offered again. Their reservations have been read. */
export function tasksThatMayBeHeld({ rows, now }: Pick<AccountState, 'rows' | 'now'>): ReadonlySet<string> {
  const canceled = new Map<string, Reservation[]>();
  for (const reservation of rows.reservations) {
    if (reservation.status !== 'canceled') continue;
    canceled.set(reservation.taskSid, [...(canceled.get(reservation.taskSid) ?? []), reservation]);
  }
  const isHeld = ({ sid }: Task) => now < latestEnd(canceled.get(sid) ?? []);
  return new Set(
    rows.tasks.filter((task) => task.status === 'pending' && isHeld(task)).map(({ sid }) => sid),
  );
}

/** When the delay after the last of these reservations ends at the latest: it doubles with each. */
function latestEnd(canceled: readonly Reservation[]): number {
  const last = Math.max(0, ...canceled.map(({ dateUpdated }) => dateUpdated));
  return last + Math.min(first * 2 ** (canceled.length - 1), max) + second;
}
