import type { TaskQueue, Worker } from '../../model/entities';
import type { CommandContext } from '../command-context';

/**
 * Moves a worker to another activity.
 * Source: https://www.twilio.com/docs/taskrouter/api/task-queue and …/docs/taskrouter/multitasking: a reservation moves
 * its worker in single-tasking workspaces only; its timeout moves the worker in both.
 */
export function moveWorker(context: CommandContext, worker: Worker, activitySid: string | null): Worker {
  if (activitySid === null || activitySid === worker.activitySid) return worker;
  const moved = context.changeWorker({ ...worker, ...activityPatch(context, worker, activitySid) });
  context.recordActivityChange(moved, worker);
  return moved;
}

/** The values of a worker that change with its activity. */
export function activityPatch(context: CommandContext, worker: Worker, activitySid: string): Partial<Worker> {
  const before = context.state.get('activities', worker.activitySid);
  const after = context.state.get('activities', activitySid);
  return {
    activitySid,
    dateStatusChanged: context.now,
    ...(after.available && !before.available && { availableSince: context.now }),
  };
}

/** The queue's activity for workers with a reservation, else the one named "Reserved"; null when multitasking. */
export const reservationActivity = (context: CommandContext, queue: TaskQueue | undefined): string | null =>
  singleTaskingActivity(context, queue, queue?.reservationActivitySid ?? null, 'Reserved');

/** The queue's activity for workers that accepted, else the one named "Busy"; null when multitasking. */
export const assignmentActivity = (context: CommandContext, queue: TaskQueue | undefined): string | null =>
  singleTaskingActivity(context, queue, queue?.assignmentActivitySid ?? null, 'Busy');

function singleTaskingActivity(
  context: CommandContext,
  queue: TaskQueue | undefined,
  activitySid: string | null,
  defaultName: string,
): string | null {
  if (!queue || context.state.get('workspaces', queue.workspaceSid).multiTaskEnabled) return null;
  if (activitySid) return activitySid;
  for (const activity of context.state.all('activities', queue.workspaceSid)) {
    if (activity.friendlyName === defaultName) return activity.sid;
  }
  return null;
}
