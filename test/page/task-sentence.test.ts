import type { Reservation, Worker } from '../../assets/lifecycle/lifecycle-response';
import { knownWorkers, taskSentence } from '../../assets/lifecycle/task-sentence';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask, aWorker } from './samples';

type TaskPart = Parameters<typeof aTask>[0];
const sentence = (task: TaskPart, ...reservations: ReturnType<typeof aReservation>[]) =>
  taskSentence({ task: aTask(task), reservations, alerts: [] });

it('says what a task waits for', () => {
  expect(sentence({})).toBe('Waiting for a worker of “Spanish”.');
  expect(sentence({ task_queue_name: null })).toBe('Waiting for an eligible worker.');
});

describe('with the workers of the workspace', () => {
  const offline = aWorker();
  const idle = aWorker({ available: true });
  const waiting = (workers: Worker[], ...reservations: Reservation[]) =>
    taskSentence({ task: aTask(), reservations, alerts: [] }, knownWorkers(aLifecycle({ workers })));

  it.each([
    ['some are available, which explains nothing', [idle, offline], 'Waiting for a worker of “Spanish”.'],
    ['none is available', [offline], 'Waiting for a worker of “Spanish”. No worker is available.'],
    ['there are none', [], 'Waiting for a worker of “Spanish”. The workspace has no workers.'],
    [
      'there may be more than in the response',
      Array.from({ length: 1000 }, () => offline),
      'Waiting for a worker of “Spanish”.',
    ],
  ])('says no more than is known when %s', (_, workers, expected) => {
    expect(waiting(workers)).toBe(expected);
  });

  it('adds the result of the last offer', () => {
    expect(waiting([offline], aReservation({ reservation_status: 'rejected' }))).toBe(
      'Waiting for a worker of “Spanish”. The offer to Alice was rejected. No worker is available.',
    );
  });
});

it.each([
  ['rejected', 'The offer to Alice was rejected.'],
  ['timeout', 'The offer to Alice timed out.'],
])('shows the result of the last offer: %s', (reservation_status, end) => {
  const older = aReservation({ reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' });
  expect(
    sentence({}, aReservation({ reservation_status }), { ...older, reservation_status: 'rejected' }),
  ).toMatch(end);
});

it('says who has an offer', () => {
  const bob = aReservation({ worker_name: 'Bob' });
  const reserved = { assignment_status: 'reserved' } as const;
  expect(sentence(reserved, aReservation())).toBe('Offered to Alice.');
  expect(sentence(reserved, aReservation(), bob)).toBe('Offered to Alice and Bob.');
  expect(sentence(reserved)).toBe('Offered to a worker.');
});

it('names the worker who has the task, not one who rejected it', () => {
  const rejected = aReservation({ worker_name: 'Bob', reservation_status: 'rejected' });
  const has = (reservation_status: string) => aReservation({ reservation_status });
  expect(sentence({ assignment_status: 'assigned' }, rejected, has('accepted'))).toBe('Assigned to Alice.');
  expect(sentence({ assignment_status: 'wrapping' }, rejected, has('wrapping'))).toBe(
    'Alice is wrapping up.',
  );
  expect(sentence({ assignment_status: 'completed' }, rejected, has('completed'))).toBe(
    'Completed by Alice.',
  );
});

it('shows why a task ended', () => {
  expect(sentence({ assignment_status: 'canceled', reason: 'caller hung up' })).toBe(
    'Canceled (caller hung up).',
  );
});
