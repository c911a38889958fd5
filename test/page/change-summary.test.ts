import { changeSummary } from '../../assets/lifecycle/change-summary';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask, aWorker } from './samples';

const idle = { activity_sid: exampleSid('WA', 2), activity_name: 'Idle', available: true };

it('is silent when nothing has changed', () => {
  expect(changeSummary(aLifecycle({ tasks: [aTask()] }), aLifecycle({ tasks: [aTask()] }))).toBe('');
});

it('describes a new task, a changed task and a changed worker', () => {
  const before = aLifecycle({ tasks: [aTask()] });
  const after = aLifecycle({
    tasks: [aTask({ task_sid: exampleSid('WT', 2) }), aTask({ assignment_status: 'reserved' })],
    reservations: [aReservation()],
    workers: [aWorker(idle)],
  });
  expect(changeSummary(before, after)).toBe(
    'New task 0002: Waiting for a worker of “Spanish”. Task 0001: Offered to Alice. Alice is Idle.',
  );
});

it('does not report old tasks that are left out', () => {
  const tasks = Array.from({ length: 150 }, (_, index) =>
    aTask({ task_sid: exampleSid('WT', index), assignment_status: 'completed' }),
  );
  expect(changeSummary(aLifecycle({ tasks }), aLifecycle({ tasks: tasks.slice(100) }))).toBe('');
});

it('limits the number of sentences', () => {
  const tasks = Array.from({ length: 9 }, (_, index) => aTask({ task_sid: exampleSid('WT', index) }));
  expect(changeSummary(aLifecycle(), aLifecycle({ tasks }))).toMatch(/0003: [^.]+\. And 5 more changes\.$/);
});
