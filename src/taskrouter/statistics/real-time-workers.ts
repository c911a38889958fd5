import type { View } from '../engine/state/view';
import type { Worker } from '../model/entities';

/** The number of workers in each activity of the workspace. */
export interface WorkerFigures {
  readonly activities: readonly {
    readonly sid: string;
    readonly friendlyName: string;
    readonly workers: number;
  }[];
  readonly total: number;
  /** In an available activity, busy or not. */
  readonly available: number;
}

export function countWorkers(view: View, workspaceSid: string, workers: Iterable<Worker>): WorkerFigures {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { activitySid } of workers) {
    counts.set(activitySid, (counts.get(activitySid) ?? 0) + 1);
    total += 1;
  }
  const activities = Array.from(view.all('activities', workspaceSid), (activity) => ({
    ...activity,
    workers: counts.get(activity.sid) ?? 0,
  }));
  const available = activities.reduce(
    (sum, activity) => sum + (activity.available ? activity.workers : 0),
    0,
  );
  return { activities, total, available };
}

/** The workers that match the queue's expression, in any activity; none if the workspace has no such queue. */
export function* eligibleWorkers(view: View, workspaceSid: string, taskQueueSid: string): Generator<Worker> {
  if (view.find('taskQueues', taskQueueSid)?.workspaceSid !== workspaceSid) return;
  for (const sid of view.workersOfQueue(taskQueueSid)) {
    const worker = view.find('workers', sid);
    if (worker) yield worker;
  }
}
