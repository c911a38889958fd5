import { loadOf, workerLoads } from '../../assets/lifecycle/worker-load';
import { exampleSid } from '../support/twilio-runtime';
import { aLifecycle, aReservation, aTask, aWorker } from './samples';

it('tells what a worker is at, and the capacity that it takes of each task channel', () => {
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
  const { work, use } = loadOf(workerLoads(lifecycle), aWorker());
  expect(work.map(({ words, task_sid }) => `${words} ${task_sid.slice(-1)}`)).toEqual([
    'is asked about 0',
    'has 1',
    'wraps up 2',
  ]);
  expect(Object.fromEntries(use)).toEqual({ voice: 1, chat: 2 });
});

it('says of a worker without a reservation that he is at nothing', () => {
  expect(loadOf(workerLoads(aLifecycle()), aWorker())).toEqual({ work: [], use: new Map() });
});
