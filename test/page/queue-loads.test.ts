import { appendLoads } from '../../assets/lifecycle/queue-history';
import { type QueueLoad, queueLoads } from '../../assets/lifecycle/queue-loads';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aTask } from './samples';

it('counts the tasks of a queue that wait, are offered, and are in progress', () => {
  const statuses = [
    'pending',
    'pending',
    'reserved',
    'assigned',
    'wrapping',
    'completed',
    'canceled',
  ] as const;
  const tasks = statuses.map((assignment_status) => aTask({ assignment_status }));
  const elsewhere = aTask({ task_queue_sid: exampleSid('WQ', 2) });
  expect(queueLoads(aLifecycle({ tasks: [...tasks, elsewhere] }))).toMatchObject([
    { queue: { task_queue_name: 'Spanish' }, waiting: 2, offered: 1, inProgress: 2 },
  ]);
});

it('measures the longest wait in the current queue by the clock of TaskRouter', () => {
  const tasks = [
    aTask({ age: 100, task_queue_entered_date: '2026-01-01T00:00:30.000Z' }),
    aTask({ age: 60 }),
    aTask({ age: 900, assignment_status: 'assigned' }),
  ];
  expect(queueLoads(aLifecycle({ tasks }))).toMatchObject([{ longestWait: 70 }]);
});

it.each([null, 'soon'])('uses the age of a task that entered its queue at %j', (task_queue_entered_date) => {
  const tasks = [aTask({ age: 42, task_queue_entered_date })];
  expect(queueLoads(aLifecycle({ tasks }))).toMatchObject([{ longestWait: 42 }]);
});

describe('the history of a queue', () => {
  const sid = exampleSid('WQ');
  const load = (waiting: number): QueueLoad[] =>
    queueLoads(aLifecycle({ tasks: Array.from({ length: waiting }, () => aTask({ age: waiting })) }));

  it('grows with each reading', () => {
    const histories = appendLoads(appendLoads(new Map(), load(1), 1000), load(3), 1001);
    expect(histories.get(sid)).toEqual({ at: [1000, 1001], waiting: [1, 3], longestWait: [1, 3] });
  });

  it('drops what is older than half an hour', () => {
    const histories = appendLoads(appendLoads(new Map(), load(1), 1000), load(3), 1000 + 30 * 60 + 1);
    expect(histories.get(sid)?.waiting).toEqual([3]);
  });
});
