import type { LifecycleEvent } from '../../assets/lifecycle/lifecycle-response';
import { taskTimeline } from '../../assets/lifecycle/task-timeline';
import { exampleSid } from '../support/twilio-runtime';
import { anAlert } from './samples';

const anEvent = (event_type: string, event_date_ms: number, part: Partial<LifecycleEvent> = {}) => ({
  event_sid: `${event_type} ${event_date_ms}`,
  event_type,
  description: `said by TaskRouter: ${event_type}`,
  event_date: new Date(event_date_ms).toISOString(),
  event_date_ms,
  resource_sid: exampleSid('WT'),
  task_sid: exampleSid('WT'),
  reservation_sid: exampleSid('WR'),
  worker_sid: exampleSid('WK'),
  worker_name: 'Alice',
  task_queue_name: 'Spanish',
  workflow_name: 'Incoming',
  reason: null,
  ...part,
});
const texts = (...events: LifecycleEvent[]) => taskTimeline(events).map((entry) => entry.text);

it('shows each event, who had an offer, and how long each response took', () => {
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
  expect(texts(...newestFirst)).toEqual([
    'Created',
    'Entered queue “Spanish”',
    'Offered to Alice',
    'Alice rejected after 12 s',
    'Offered to Bob',
    'Bob accepted after 1 min 1 s',
    'Completed: resolved',
  ]);
});

it('sorts the events of one millisecond into the order in which they occur', () => {
  const types = ['reservation.created', 'task-queue.entered', 'task.created', 'workflow.entered'];
  expect(taskTimeline(types.map((type) => anEvent(type, 5))).map(({ type }) => type)).toEqual([
    'task.created',
    'workflow.entered',
    'task-queue.entered',
    'reservation.created',
  ]);
});

it('sorts offers that are made, ended and made again within one millisecond', () => {
  const bob = { reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' };
  const newestFirst = [
    anEvent('reservation.accepted', 5, bob),
    anEvent('reservation.created', 5, bob),
    anEvent('reservation.rejected', 5),
    anEvent('reservation.created', 5),
    anEvent('task-queue.entered', 5),
    anEvent('task.created', 5),
  ];
  const expected = [
    'Created',
    'Entered queue “Spanish”',
    'Offered to Alice',
    'Alice rejected at once',
    'Offered to Bob',
    'Bob accepted at once',
  ];
  expect(texts(...newestFirst)).toEqual(expected);
});

it('sorts the end of an earlier offer before the next offer of the same millisecond', () => {
  const bob = { reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' };
  const rejected = anEvent('reservation.rejected', 5000);
  const events = [rejected, anEvent('reservation.created', 5000, bob), anEvent('reservation.created', 1)];
  expect(texts(...events)).toEqual(['Offered to Alice', 'Alice rejected after 4 s', 'Offered to Bob']);
});

it('sorts the end of the task after the end of its reservation within one millisecond', () => {
  const events = [anEvent('reservation.completed', 9), anEvent('task.completed', 9)];
  expect(texts(...events)).toEqual(['Alice finished', 'Completed']);
});

it('says that a response within a second came at once', () => {
  expect(texts(anEvent('reservation.created', 0), anEvent('reservation.accepted', 999))).toContain(
    'Alice accepted at once',
  );
});

it('omits the duration if the offer is unknown', () => {
  expect(texts(anEvent('reservation.timeout', 5))).toEqual(['Alice did not respond']);
});

it('uses TaskRouter’s description of an unknown event', () => {
  expect(texts(anEvent('task.teleported', 5))).toEqual(['said by TaskRouter: task.teleported']);
});

it('shows that a call ended and that the program has to complete the task', () => {
  const events = [anEvent('reservation.accepted', 3000), anEvent('reservation.created', 1000)];
  const ended = anAlert({
    code: null,
    level: 'warning',
    detail: 'The call to client:alice ended while Task WT1 was assigned',
    remedy: 'Complete the Task in your program.',
    date_ms: 60_000,
  });
  const earlier = anAlert({ id: 0, date_ms: 2000 });
  expect(taskTimeline(events, [ended, earlier]).map(({ type, text, tone }) => [type, text, tone])).toEqual([
    ['reservation.created', 'Offered to Alice', 'waiting'],
    ['error 40140', 'Something failed. Do something else.', 'error'],
    ['reservation.accepted', 'Alice accepted after 2 s', 'ok'],
    [
      'warning',
      'The call to client:alice ended while Task WT1 was assigned. Complete the Task in your program.',
      'waiting',
    ],
  ]);
});
