import { reservationOf } from '../../src/inspector-page/data/entries';
import { subjectKind } from '../../src/inspector-page/data/subject-kind';
import { exampleSid } from '../support/twilio-runtime';
import { alert, callback, request } from './samples';

const reservation_sid = exampleSid('WR');

it('tells tasks, workers, and reservations apart', () => {
  expect(['WT', 'WK', 'WR'].map((prefix) => subjectKind(exampleSid(prefix)))).toEqual([
    'task',
    'worker',
    'reservation',
  ]);
  expect(() => subjectKind(exampleSid('WQ'))).toThrow('neither a task, a worker, nor a reservation');
});

it('finds the reservation of a request, a callback, and an alert', () => {
  expect(reservationOf(request({ reservation_sid }))).toBe(reservation_sid);
  expect(reservationOf(callback({ reservation_sid }))).toBe(reservation_sid);
  expect(reservationOf(alert({ resource_sid: reservation_sid }))).toBe(reservation_sid);
  expect(reservationOf(alert({ resource_sid: exampleSid('WT') }))).toBeNull();
});
