import { workerLoads } from '../../assets/lifecycle/worker-load';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask, aWorker } from './samples';

it('lists the tasks of a worker and the capacity in use of each task channel', () => {
  const task = (number: number, task_channel: string) =>
    aTask({ task_sid: exampleSid('WT', number), task_channel });
  const reservation = (number: number, reservation_status: string) =>
    aReservation({
      reservation_sid: exampleSid('WR', number),
      task_sid: exampleSid('WT', number),
      reservation_status,
    });
  const statuses = ['pending', 'accepted', 'wrapping', 'completed', 'rejected'];
  const lifecycle = aLifecycle({
    tasks: [task(0, 'voice'), task(1, 'chat'), task(2, 'chat'), task(3, 'chat'), task(4, 'chat')],
    reservations: statuses.map((status, number) => reservation(number, status)),
  });
  const { tasks, capacityInUse } = workerLoads(lifecycle)(aWorker());
  expect(tasks.map(({ text, task_sid }) => `${text} ${task_sid.slice(-1)}`)).toEqual([
    'is offered 0',
    'has 1',
    'is wrapping up 2',
  ]);
  expect(Object.fromEntries(capacityInUse)).toEqual({ voice: 1, chat: 2 });
});

it('has no tasks for a worker without a reservation', () => {
  expect(workerLoads(aLifecycle())(aWorker())).toEqual({ tasks: [], capacityInUse: new Map() });
});
