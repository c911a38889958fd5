import type { Task } from '../model/entities';
import type { EventType } from '../model/event-types';

/**
 * What the documentation of statistics leaves open, each choice under one name, so that a look at the real service can
 * overturn it here. Sources: https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics and its neighbours.
 */

/** "Waiting" tasks, for `longest_…` and `tasks_by_priority`: nobody has accepted them yet. */
export const isWaitingForAcceptance = ({ status }: Task): boolean =>
  status === 'pending' || status === 'reserved';

/** `total_tasks` and `tasks_by_status` are of these; finished tasks, kept for five minutes more, are not counted. */
export const countedStatuses = ['reserved', 'pending', 'assigned', 'wrapping'] as const;

/** `tasks_deleted` counts what was deleted over REST and what TaskRouter itself deleted after a day assigned. */
export const deletions: readonly EventType[] = ['task.deleted', 'task.system-deleted'];

/** A wait of exactly the threshold is below it: "answered within 30 seconds". */
export const isAbove = (waitSeconds: number, thresholdSeconds: number): boolean =>
  waitSeconds > thresholdSeconds;

/** Durations and averages are whole seconds, rounded down (8,100 s on average 1,012 in Twilio's OpenAPI example). */
export const wholeSecondsOf = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Where nothing was measured. */
export const noDuration = { avg: 0, min: 0, max: 0, total: 0 } as const;

/** Where no task waits. */
export const noTaskWaiting = { sid: null, age: 0 } as const;

/**
 * A stay in an activity counts with the part of it that lies in the window. One without length, such as the reserved
 * moment of a worker who accepts at once, is none: it would make every `min` 0.
 */
export const isStay = (milliseconds: number): boolean => milliseconds > 0;
