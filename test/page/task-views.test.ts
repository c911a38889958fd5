import { taskViews } from '../../assets/lifecycle/task-views';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask } from './samples';

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
