import type { TaskQueue, Worker } from '../../model/entities';
import type { CommandContext } from '../command-context';

/**
 * What moves a worker from one activity to another.
 * Source: https://www.twilio.com/docs/taskrouter/api/task-queue and …/docs/taskrouter/multitasking: a reservation moves
 * its worker in single-tasking workspaces only; its timeout moves the worker in both.
 */
export function moveWorker(turn: CommandContext, worker: Worker, activitySid: string | null): Worker {
  if (activitySid === null || activitySid === worker.activitySid) return worker;
  const moved = turn.changeWorker(worker, activityPatch(turn, worker, activitySid));
  turn.activityChanged(moved, worker);
  return moved;
}

/** What changes about a worker that enters an activity. */
export function activityPatch(turn: CommandContext, worker: Worker, activitySid: string): Partial<Worker> {
  const before = turn.state.get('activities', worker.activitySid);
  const after = turn.state.get('activities', activitySid);
  return {
    activitySid,
    dateStatusChanged: turn.now,
    ...(after.available && !before.available && { availableSince: turn.now }),
  };
}

/** The queue's own activity for workers with a reservation, else the one named "Reserved"; null when multitasking. */
export const reservationActivity = (turn: CommandContext, queue: TaskQueue | undefined): string | null =>
  singleTaskingActivity(turn, queue, queue?.reservationActivitySid ?? null, 'Reserved');

/** Likewise for workers who accepted; "Busy" by default. */
export const assignmentActivity = (turn: CommandContext, queue: TaskQueue | undefined): string | null =>
  singleTaskingActivity(turn, queue, queue?.assignmentActivitySid ?? null, 'Busy');

function singleTaskingActivity(
  turn: CommandContext,
  queue: TaskQueue | undefined,
  activitySid: string | null,
  defaultName: string,
): string | null {
  if (!queue || turn.state.get('workspaces', queue.workspaceSid).multiTaskEnabled) return null;
  if (activitySid) return activitySid;
  for (const activity of turn.state.all('activities', queue.workspaceSid)) {
    if (activity.friendlyName === defaultName) return activity.sid;
  }
  return null;
}
