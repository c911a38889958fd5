import { withReading } from '../../assets/lifecycle/queue-history';
import { type QueueLoad, queueLoads } from '../../assets/lifecycle/queue-loads';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aTask } from './samples';

it('counts what waits, is asked about and is at work in a queue', () => {
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

it('tells the longest wait since a task came into its present queue, by the clock of TaskRouter', () => {
  const tasks = [
    aTask({ age: 100, task_queue_entered_date: '2026-01-01T00:00:30.000Z' }),
    aTask({ age: 60 }),
    aTask({ age: 900, assignment_status: 'assigned' }),
  ];
  expect(queueLoads(aLifecycle({ tasks }))).toMatchObject([{ longestWait: 70 }]);
});

it.each([null, 'soon'])('takes the age of a task that says %j', (task_queue_entered_date) => {
  const tasks = [aTask({ age: 42, task_queue_entered_date })];
  expect(queueLoads(aLifecycle({ tasks }))).toMatchObject([{ longestWait: 42 }]);
});

describe('what was seen of a queue', () => {
  const sid = exampleSid('WQ');
  const load = (waiting: number): QueueLoad[] =>
    queueLoads(aLifecycle({ tasks: Array.from({ length: waiting }, () => aTask({ age: waiting })) }));

  it('grows with each reading', () => {
    const seen = withReading(withReading(new Map(), load(1), 1000), load(3), 1001);
    expect(seen.get(sid)).toEqual({ at: [1000, 1001], waiting: [1, 3], longestWait: [1, 3] });
  });

  it('is forgotten after half an hour', () => {
    const seen = withReading(withReading(new Map(), load(1), 1000), load(3), 1000 + 30 * 60 + 1);
    expect(seen.get(sid)?.waiting).toEqual([3]);
  });
});
