import type { Slices } from '../../common/slices';
import type { View } from '../engine/state/view';
import type { Activity, Worker } from '../model/entities';

/** The number of workers in each activity of the workspace. */
export interface WorkerFigures {
  readonly activities: readonly (Activity & { readonly workers: number })[];
  readonly total: number;
  /** In an available activity, busy or not. */
  readonly available: number;
}

/** Counts workers by activity, as of the moment of the call. */
export async function countWorkers(
  slices: Slices,
  view: View,
  workspaceSid: string,
  workers: Iterable<Worker>,
): Promise<WorkerFigures> {
  const counts = new ActivityCounts(view, workspaceSid);
  // Workers are values: what changes meanwhile is another worker object.
  await slices.each([...workers], ({ activitySid }) => counts.add(activitySid));
  return counts.figures();
}

/**
 * Counts the workers that match the expression of each queue, in any activity; none if the workspace has no such queue. Each
 * worker counts as it is at its turn.
 */
export async function countWorkersByQueue(
  slices: Slices,
  view: View,
  workspaceSid: string,
  taskQueueSids: readonly string[],
): Promise<(taskQueueSid: string) => WorkerFigures> {
  const countsByQueue = new Map<string, ActivityCounts>();
  for (const sid of taskQueueSids) {
    const counts = new ActivityCounts(view, workspaceSid);
    const isOurs = view.find('taskQueues', sid)?.workspaceSid === workspaceSid;
    const members = isOurs ? [...view.workersOfQueue(sid)] : [];
    await slices.each(members, (workerSid) => counts.add(view.find('workers', workerSid)?.activitySid));
    countsByQueue.set(sid, counts);
  }
  return (sid) => (countsByQueue.get(sid) ?? new ActivityCounts(view, workspaceSid)).figures();
}

class ActivityCounts {
  private readonly activities: readonly Activity[];
  private readonly counts = new Map<string | undefined, number>();

  constructor(view: View, workspaceSid: string) {
    this.activities = [...view.all('activities', workspaceSid)];
  }

  /** @param activitySid undefined for a worker that was deleted meanwhile, who does not count */
  add(activitySid: string | undefined): void {
    this.counts.set(activitySid, (this.counts.get(activitySid) ?? 0) + 1);
  }

  figures(): WorkerFigures {
    const activities = this.activities.map((activity) => ({
      ...activity,
      workers: this.counts.get(activity.sid) ?? 0,
    }));
    const available = activities.filter((activity) => activity.available);
    return { activities, total: sum(activities), available: sum(available) };
  }
}

const sum = (activities: readonly { readonly workers: number }[]): number =>
  activities.reduce((total, { workers }) => total + workers, 0);
