import { durationText } from '../../src/common/duration-text';
import type { LifecycleEvent } from './lifecycle-response';

/** One thing that happened to a task. */
export interface TimelineEntry {
  readonly key: string;
  readonly type: string;
  readonly iso: string;
  readonly words: string;
  /** What the entry is: somebody was asked, somebody answered, it went well, it went wrong, or none of these. */
  readonly light: 'asked' | 'live' | 'wrong' | 'off';
}

type Say = (event: LifecycleEvent, took: string) => string;
type Line = readonly [TimelineEntry['light'], Say];

const worker = ({ worker_name }: LifecycleEvent) => worker_name ?? 'The worker';
const because = ({ reason }: LifecycleEvent) => (reason ? `: ${reason}` : '');
const queue = ({ task_queue_name }: LifecycleEvent) => (task_queue_name ? ` “${task_queue_name}”` : '');
const workflow = ({ workflow_name }: LifecycleEvent) => (workflow_name ? ` “${workflow_name}”` : '');

/**
 * In people's words, by the event's type, in the order in which they come within one millisecond:
 * https://www.twilio.com/docs/taskrouter/api/event/reference
 */
const lines: Readonly<Record<string, Line>> = {
  'task.created': ['off', () => 'Created'],
  'task.updated': ['off', () => 'Changed'],
  'workflow.entered': ['off', (event) => `Entered the workflow${workflow(event)}`],
  'workflow.target-matched': ['off', (event) => `Matched a target of the workflow${workflow(event)}`],
  'workflow.timeout': ['wrong', (event) => `No target of the workflow${workflow(event)} was left`],
  'workflow.skipped': ['wrong', (event) => `Skipped by the workflow${workflow(event)}`],
  'task-queue.entered': ['off', (event) => `Began to wait in the queue${queue(event)}`],
  'task-queue.timeout': ['wrong', (event) => `Waited too long in the queue${queue(event)}`],
  'task-queue.moved': ['off', (event) => `Moved to the queue${queue(event)}`],
  'reservation.rejected': ['wrong', (event, took) => `${worker(event)} rejected${took}`],
  'reservation.timeout': ['wrong', (event, took) => `${worker(event)} did not answer${took}`],
  'reservation.canceled': ['wrong', (event, took) => `The offer to ${worker(event)} was canceled${took}`],
  'reservation.rescinded': [
    'off',
    (event) => `The offer to ${worker(event)} was withdrawn: another accepted`,
  ],
  'reservation.created': ['asked', (event) => `${worker(event)} was asked`],
  'reservation.accepted': ['live', (event, took) => `${worker(event)} accepted${took}`],
  'reservation.wrapup': ['live', (event) => `${worker(event)} began to wrap up`],
  'reservation.completed': ['live', (event, took) => `${worker(event)} was done${took}`],
  'task.wrapup': ['off', (event) => `Wrapping${because(event)}`],
  'task.completed': ['live', (event) => `Completed${because(event)}`],
  'task.canceled': ['wrong', (event) => `Canceled${because(event)}`],
};

const order = Object.keys(lines);
const rank = ({ event_type }: LifecycleEvent) => order.indexOf(event_type);

/** @param ms from the offer to its answer */
function tookWords(ms: number): string {
  return ms < 1000 ? ' at once' : ` after ${durationText(ms)}`;
}

/** The life of a task, the oldest first, out of its events, in whatever order they are. */
export function taskTimeline(events: readonly LifecycleEvent[]): TimelineEntry[] {
  const oldestFirst = events.toSorted(
    (one, other) => one.event_date_ms - other.event_date_ms || rank(one) - rank(other),
  );
  const asked = new Map<string, number>();
  return oldestFirst.map((event) => {
    const { event_type, reservation_sid, event_date_ms } = event;
    if (event_type === 'reservation.created' && reservation_sid) asked.set(reservation_sid, event_date_ms);
    const since = asked.get(reservation_sid ?? '');
    const took = since === undefined ? '' : tookWords(event_date_ms - since);
    const [light, say] = lines[event_type] ?? (['off', () => event.description] satisfies Line);
    return {
      key: event.event_sid,
      type: event_type,
      iso: new Date(event_date_ms).toISOString(),
      words: say(event, took),
      light,
    };
  });
}
