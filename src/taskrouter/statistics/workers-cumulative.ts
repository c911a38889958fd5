import type { View } from '../engine/state/view';
import type { Worker } from '../model/entities';
import { type ActivityDuration, ActivityDurations, workerTypes } from './activity-durations';
import { type ChannelName, eventIsOn } from './channel';
import { EventCounts, type ReservationCounts, reservationCounts, reservationTypes } from './event-counts';
import { type EventHistory, eventsIn } from './event-history';
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

/** The cumulative statistics of workers. */
export function workersCumulative(
  log: EventHistory,
  view: View,
  request: WorkersRequest,
  now: number,
): WorkersFigures {
  const { workspaceSid, window, taskChannel, workers } = request;
  const wanted = workers && new Set(workers.map(({ sid }) => sid));
  const counts = new EventCounts();
  const durations = new ActivityDurations(window, now);
  for (const worker of workers ?? view.all('workers', workspaceSid)) durations.addWorker(worker);
  for (const event of eventsIn(log, query(request))) {
    if (wanted && !wanted.has(event.fields.WorkerSid ?? '')) continue;
    if (isAboutWorker(event.type)) durations.addEvent(event);
    else if (event.date <= window.to && eventIsOn(taskChannel, event)) counts.add(event.type);
  }
  return {
    reservations: reservationCounts(counts),
    activityDurations: durations.figures(view, workspaceSid),
  };
}

/** The query reaches until now, because a stay within the window may have ended after it. */
function query({ workspaceSid, window, workers }: WorkersRequest) {
  const [only, second] = workers ?? [];
  return {
    workspaceSid,
    from: window.from,
    types: [...workerTypes, ...reservationTypes],
    fields: only && !second ? { WorkerSid: only.sid } : {},
  };
}

const isAboutWorker = (type: string): boolean => (workerTypes as readonly string[]).includes(type);
