import type { Task } from '../model/entities';
import type { FactType } from './fact';

/**
 * What the documentation of statistics leaves open: one name per choice, so that it can be changed here if the real
 * service differs. Sources: https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics and its neighbours.
 */

/** "Waiting" tasks, for `longest_…` and `tasks_by_priority`, are those that no worker has accepted yet. */
export const isWaitingForAcceptance = ({ status }: Task): boolean =>
  status === 'pending' || status === 'reserved';

/** `total_tasks` and `tasks_by_status` count these; finished tasks, kept for five minutes, are not counted. */
export const countedStatuses = ['reserved', 'pending', 'assigned', 'wrapping'] as const;

/** `tasks_deleted` counts deletions over REST, and those by TaskRouter after a day in assigned. */
export const deletions: readonly FactType[] = ['task.deleted', 'task.system-deleted'];

/** A wait of exactly the threshold is below it: "answered within 30 seconds". */
export const isAbove = (waitSeconds: number, thresholdSeconds: number): boolean =>
  waitSeconds > thresholdSeconds;

/** Durations and averages are whole seconds, rounded down (8,100 s on average 1,012 in Twilio's OpenAPI example). */
export const wholeSecondsOf = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The figures without any measurement. */
export const noDuration = { avg: 0, min: 0, max: 0, total: 0 } as const;

/** The longest waiting task if none waits. */
export const noTaskWaiting = { sid: null, age: 0 } as const;

/**
 * A stay in an activity counts with its part within the window. A stay of no length, such as that in Reserved when a
 * worker accepts at once, does not count: it would make every `min` 0.
 */
export const isStay = (milliseconds: number): boolean => milliseconds > 0;
