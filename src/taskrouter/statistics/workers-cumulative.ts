import type { View } from '../engine/state/view';
import type { Worker } from '../model/entities';
import { type ActivityDuration, ActivityDurations } from './activity-durations';
import { type ChannelName, factIsOn } from './channel';
import { EventCounts, type ReservationCounts, reservationCounts } from './event-counts';
import type { EventHistory } from './event-history';
import type { Fact } from './fact';
import type { StatisticsWindow } from './window';

export interface WorkersRequest {
  readonly workspaceSid: string;
  readonly window: StatisticsWindow;
  /** For the reservations; activities have no channel. */
  readonly taskChannel: ChannelName;
  /** Only these workers; null means all, including deleted ones. */
  readonly workers: readonly Worker[] | null;
}

export interface WorkersFigures {
  readonly reservations: ReservationCounts;
  readonly activityDurations: readonly ActivityDuration[];
}

/** The cumulative statistics of workers, as of the moment of the call. */
export async function workersCumulative(
  history: EventHistory,
  view: View,
  request: WorkersRequest,
  now: number,
): Promise<WorkersFigures> {
  const { workspaceSid, window, taskChannel, workers } = request;
  const wanted = workers && new Set(workers.map(({ sid }) => sid));
  const counts = new EventCounts();
  const durations = new ActivityDurations(window, now);
  const activities = [...view.all('activities', workspaceSid)];
  const present = [...(workers ?? view.all('workers', workspaceSid))];
  // Until now, because a stay within the window may have ended after it.
  const period = { workspaceSid, from: window.from, to: Number.POSITIVE_INFINITY };
  const visited = history.visit(period, (fact) => {
    if (wanted && !wanted.has(fact.workerSid ?? '')) return;
    if (isAboutWorker(fact)) durations.addFact(fact);
    else if (fact.date <= window.to && factIsOn(taskChannel, fact)) counts.add(fact.type);
  });
  await Promise.all([visited, history.slices.each(present, (worker) => durations.addWorker(worker))]);
  return { reservations: reservationCounts(counts), activityDurations: durations.figures(activities) };
}

const isAboutWorker = ({ type }: Fact): boolean =>
  type === 'worker.created' || type === 'worker.activity.update' || type === 'worker.deleted';
