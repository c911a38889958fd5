import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { Activity, Worker } from '../taskrouter/model/entities';
import { type AccountEvent, type RecentEvents, readRecentEvents } from './recent-events';

interface IdleTimes {
  readonly workers: readonly Worker[];
  /** Sids of the workers of whom it is certain since when they are idle. */
  readonly known: ReadonlySet<string>;
}

/**
 * Since when workers are idle, which REST does not show, from the newest reservations and changes of activities in two
 * requests.
 */
export async function readIdleTimes(
  context: WorkspaceContext,
  workers: readonly Worker[],
  activities: readonly Activity[],
  now: number,
): Promise<IdleTimes> {
  const [reservations, changes] = await Promise.all([
    readRecentEvents(context, now, { eventType: 'reservation.created' }),
    readRecentEvents(context, now, { eventType: 'worker.activity.update' }),
  ]);
  const reserved = latestOfWorkers(reservations.events);
  const isAvailable = new Map(activities.map(({ sid, available }) => [sid, available]));
  const available = latestOfWorkers(changes.events.filter((event) => becameAvailable(event, isAvailable)));
  const isNew = ({ dateCreated }: Worker, { since }: RecentEvents) => dateCreated >= since;
  const isKnown = (worker: Worker) =>
    reserved.has(worker.sid) ||
    (isNew(worker, reservations) && (available.has(worker.sid) || isNew(worker, changes)));
  return {
    workers: workers.map((worker) => ({
      ...worker,
      lastReservedTime: reserved.get(worker.sid) ?? null,
      availableSince:
        available.get(worker.sid) ?? (isNew(worker, changes) ? worker.dateCreated : worker.availableSince),
    })),
    known: new Set(workers.filter(isKnown).map(({ sid }) => sid)),
  };
}

function latestOfWorkers(events: readonly AccountEvent[]): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const { date, fields } of events) {
    const sid = fields.worker_sid ?? '';
    latest.set(sid, Math.max(date, latest.get(sid) ?? 0));
  }
  return latest;
}

function becameAvailable({ fields }: AccountEvent, isAvailable: ReadonlyMap<string, boolean>): boolean {
  const { worker_activity_sid: after = '', worker_previous_activity_sid: before = '' } = fields;
  return isAvailable.get(after) === true && isAvailable.get(before) !== true;
}
