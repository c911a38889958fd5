import { taskSentence } from '../../assets/lifecycle/task-sentence';
import { exampleSid } from '../support/twilio-runtime';
import { aReservation, aTask } from './samples';

type TaskPart = Parameters<typeof aTask>[0];
const sentence = (task: TaskPart, ...reservations: ReturnType<typeof aReservation>[]) =>
  taskSentence({ task: aTask(task), reservations, alerts: [] });

it('says what a task waits for', () => {
  expect(sentence({})).toBe('Waiting for a worker of “Spanish” to become available.');
  expect(sentence({ task_queue_name: null })).toBe('Waiting for an eligible worker to become available.');
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
