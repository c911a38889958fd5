import { taskViews } from '../../assets/lifecycle/task-views';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, anAlert, aReservation, aTask } from './samples';

const sid = (number: number) => exampleSid('WT', number);

it('gives each task its own reservations, in their order', () => {
  const reservations = [3, 2, 1].map((number) =>
    aReservation({ reservation_sid: exampleSid('WR', number), task_sid: sid(number % 2) }),
  );
  const [first, second] = taskViews(
    aLifecycle({ tasks: [aTask({ task_sid: sid(1) }), aTask({ task_sid: sid(0) })], reservations }),
  );
  expect(first?.reservations.map(({ reservation_sid }) => reservation_sid)).toEqual([
    exampleSid('WR', 3),
    exampleSid('WR', 1),
  ]);
  expect(second?.reservations).toHaveLength(1);
});

it('gives each task its own alerts', () => {
  const tasks = [aTask({ task_sid: sid(1) }), aTask({ task_sid: sid(0) })];
  const alerts = [anAlert({ id: 2, task_sid: sid(0) }), anAlert({ id: 1, task_sid: sid(0) })];
  const [first, second] = taskViews(aLifecycle({ tasks, alerts }));
  expect(first?.alerts).toEqual([]);
  expect(second?.alerts.map(({ id }) => id)).toEqual([2, 1]);
});
