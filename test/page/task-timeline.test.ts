import type { LifecycleEvent } from '../../assets/lifecycle/lifecycle-response';
import { taskTimeline } from '../../assets/lifecycle/task-timeline';
import { exampleSid } from '../support/twilio-runtime';

const anEvent = (event_type: string, event_date_ms: number, part: Partial<LifecycleEvent> = {}) => ({
  event_sid: `${event_type} ${event_date_ms}`,
  event_type,
  description: `said by TaskRouter: ${event_type}`,
  event_date: new Date(event_date_ms).toISOString(),
  event_date_ms,
  task_sid: exampleSid('WT'),
  reservation_sid: exampleSid('WR'),
  worker_name: 'Alice',
  task_queue_name: 'Spanish',
  workflow_name: 'Incoming',
  reason: null,
  ...part,
});
const words = (...events: LifecycleEvent[]) => taskTimeline(events).map((entry) => entry.words);

it('tells what happened, who was asked and what was answered after how long', () => {
  const bob = { reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' };
  const newestFirst = [
    anEvent('task.completed', 200_000, { reason: 'resolved' }),
    anEvent('reservation.accepted', 75_000, bob),
    anEvent('reservation.created', 14_000, bob),
    anEvent('reservation.rejected', 13_500),
    anEvent('reservation.created', 1500),
    anEvent('task-queue.entered', 1000),
    anEvent('task.created', 1000),
  ];
  expect(words(...newestFirst)).toEqual([
    'Created',
    'Began to wait in the queue “Spanish”',
    'Alice was asked',
    'Alice rejected after 12 s',
    'Bob was asked',
    'Bob accepted after 1 min 1 s',
    'Completed: resolved',
  ]);
});

it('puts what happened within one millisecond into the order in which it can happen', () => {
  const types = ['reservation.created', 'task-queue.entered', 'task.created', 'workflow.entered'];
  expect(taskTimeline(types.map((type) => anEvent(type, 5))).map(({ type }) => type)).toEqual([
    'task.created',
    'workflow.entered',
    'task-queue.entered',
    'reservation.created',
  ]);
});

it('says of an answer within a second that it came at once', () => {
  expect(words(anEvent('reservation.created', 0), anEvent('reservation.accepted', 999))).toContain(
    'Alice accepted at once',
  );
});

it('leaves out how long it took when it does not know since when', () => {
  expect(words(anEvent('reservation.timeout', 5))).toEqual(['Alice did not answer']);
});

it('takes TaskRouter’s own words for what it does not know', () => {
  expect(words(anEvent('task.teleported', 5))).toEqual(['said by TaskRouter: task.teleported']);
});
