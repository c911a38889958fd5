import { durationText } from '../../src/common/duration-text';
import type { LifecycleEvent, TaskAlert } from './lifecycle-response';

/** One event or alert of a task, as the timeline shows it. */
interface TimelineEntry {
  readonly key: string;
  readonly type: string;
  readonly iso: string;
  readonly text: string;
  /** Whether the event is an offer, progress, a failure, or none of these. */
  readonly tone: 'waiting' | 'ok' | 'error' | 'off';
}

/** @param after how long after the offer, such as ` after 12 s`; empty if unknown */
type Describe = (event: LifecycleEvent, after: string) => string;

const worker = ({ worker_name }: LifecycleEvent) => worker_name ?? 'The worker';
const because = ({ reason }: LifecycleEvent) => (reason ? `: ${reason}` : '');
const queue = ({ task_queue_name }: LifecycleEvent) => (task_queue_name ? ` “${task_queue_name}”` : '');
const workflow = ({ workflow_name }: LifecycleEvent) => (workflow_name ? ` “${workflow_name}”` : '');

/**
 * The texts by event type, in the order in which the events occur within one millisecond:
 * https://www.twilio.com/docs/taskrouter/api/event/reference
 */
const descriptions: Readonly<Record<string, readonly [TimelineEntry['tone'], Describe]>> = {
  'task.created': ['off', () => 'Created'],
  'task.updated': ['off', () => 'Updated'],
  'workflow.entered': ['off', (event) => `Entered workflow${workflow(event)}`],
  'workflow.target-matched': ['off', (event) => `Matched a target of workflow${workflow(event)}`],
  'workflow.timeout': ['error', (event) => `Timed out in workflow${workflow(event)}: no targets left`],
  'workflow.skipped': ['error', (event) => `Skipped by workflow${workflow(event)}`],
  'task-queue.entered': ['off', (event) => `Entered queue${queue(event)}`],
  'task-queue.timeout': ['error', (event) => `Timed out in queue${queue(event)}`],
  'task-queue.moved': ['off', (event) => `Moved to queue${queue(event)}`],
  'reservation.created': ['waiting', (event) => `Offered to ${event.worker_name ?? 'a worker'}`],
  'reservation.rejected': ['error', (event, after) => `${worker(event)} rejected${after}`],
  'reservation.timeout': ['error', (event, after) => `${worker(event)} did not respond${after}`],
  'reservation.canceled': ['error', (event, after) => `Offer to ${worker(event)} canceled${after}`],
  'reservation.rescinded': ['off', (event) => `Offer to ${worker(event)} withdrawn: another worker accepted`],
  'reservation.accepted': ['ok', (event, after) => `${worker(event)} accepted${after}`],
  'reservation.wrapup': ['ok', (event) => `${worker(event)} started wrapping up`],
  'reservation.completed': ['ok', (event, after) => `${worker(event)} finished${after}`],
  'task.wrapup': ['off', (event) => `Wrapping up${because(event)}`],
  'task.completed': ['ok', (event) => `Completed${because(event)}`],
  'task.canceled': ['error', (event) => `Canceled${because(event)}`],
};

const rankOfType = new Map(Object.keys(descriptions).map((type, rank) => [type, rank]));
const endsTask: readonly string[] = ['task.wrapup', 'task.completed', 'task.canceled'];

/** The events and alerts of a task, oldest first, with a text for each. */
export function taskTimeline(
  events: readonly LifecycleEvent[],
  alerts: readonly TaskAlert[] = [],
): TimelineEntry[] {
  const entries = [...eventEntries(events), ...alerts.toReversed().map(alertEntry)];
  return entries.toSorted((one, other) => Date.parse(one.iso) - Date.parse(other.iso));
}

/** TaskRouter's own events do not show everything: none says that a call ended. */
function alertEntry({ id, code, level, detail, remedy, date }: TaskAlert): TimelineEntry {
  return {
    key: `alert ${id}`,
    type: code === null ? level : `${level} ${code}`,
    iso: date,
    text: `${detail}. ${remedy}`,
    tone: level === 'error' ? 'error' : 'waiting',
  };
}

function eventEntries(events: readonly LifecycleEvent[]): TimelineEntry[] {
  const offeredAt = new Map<string, number>();
  return oldestFirst(events).map((event) => {
    const { event_type, reservation_sid, event_date_ms } = event;
    if (event_type === 'reservation.created' && reservation_sid)
      offeredAt.set(reservation_sid, event_date_ms);
    const since = offeredAt.get(reservation_sid ?? '');
    const after = since === undefined ? '' : afterText(event_date_ms - since);
    const [tone, describe] = descriptions[event_type] ?? (['off', () => event.description] as const);
    return {
      key: event.event_sid,
      type: event_type,
      iso: new Date(event_date_ms).toISOString(),
      text: describe(event, after),
      tone,
    };
  });
}

/** @param ms from the offer to the response */
function afterText(ms: number): string {
  return ms < 1000 ? ' at once' : ` after ${durationText(ms)}`;
}

/**
 * Events have dates in milliseconds, but TaskRouter may end one offer and make the next within one. What happens to a
 * reservation follows its creation, and ends of earlier reservations precede it.
 */
function oldestFirst(newestFirst: readonly LifecycleEvent[]): LifecycleEvent[] {
  const events = newestFirst.toReversed();
  const offers = events.filter(({ event_type }) => event_type === 'reservation.created');
  const roundOf = ({ event_type, reservation_sid, event_date_ms }: LifecycleEvent): number => {
    if (endsTask.includes(event_type)) return offers.length + 1;
    return (
      1 +
      offers.findIndex(
        (offer) => offer.reservation_sid === reservation_sid && offer.event_date_ms === event_date_ms,
      )
    );
  };
  const rankOf = ({ event_type }: LifecycleEvent) => rankOfType.get(event_type) ?? -1;
  return events.toSorted(
    (one, other) =>
      one.event_date_ms - other.event_date_ms || roundOf(one) - roundOf(other) || rankOf(one) - rankOf(other),
  );
}
