import { countStages, stagesReached } from '../../assets/lifecycle/stages';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask, aWorker } from './samples';

it('counts tasks, workers and reservations at each stage', () => {
  const lifecycle = aLifecycle({
    tasks: [
      aTask(),
      aTask(),
      aTask({ assignment_status: 'reserved' }),
      aTask({ assignment_status: 'assigned' }),
      aTask({ assignment_status: 'completed' }),
    ],
    workers: [
      aWorker({ available: true }),
      aWorker({ available: true }),
      aWorker({ available: true }),
      aWorker(),
    ],
    reservations: [
      aReservation(),
      aReservation(),
      aReservation({ reservation_status: 'accepted' }),
      aReservation({ reservation_status: 'completed' }),
    ],
  });
  expect(countStages(lifecycle)).toEqual([
    { stage: 'Task Created', count: 2, unit: 'waiting' },
    { stage: 'Eligible Worker becomes available', count: 3, unit: 'available' },
    { stage: 'Worker reserved', count: 2, unit: 'offered' },
    { stage: 'Reservation accepted', count: 1, unit: 'accepted' },
    { stage: 'Task assigned', count: 1, unit: 'assigned' },
    { stage: 'Wrapping', count: 0, unit: 'wrapping up' },
    { stage: 'Completed', count: 1, unit: 'completed' },
  ]);
});

it.each([
  ['pending', 1],
  ['reserved', 3],
  ['assigned', 5],
  ['wrapping', 6],
  ['completed', 7],
] as const)('has a task that is %s reach stage %i', (assignment_status, stage) => {
  expect(
    stagesReached(aTask({ assignment_status }), [aReservation({ reservation_status: 'rejected' })]),
  ).toBe(stage);
});

it('shows how far a canceled task got', () => {
  const canceled = aTask({ assignment_status: 'canceled' });
  const reservation = aReservation({ reservation_sid: exampleSid('WR', 2), reservation_status: 'canceled' });
  expect(stagesReached(canceled, [])).toBe(1);
  expect(stagesReached(canceled, [reservation])).toBe(3);
});
