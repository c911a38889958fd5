import { activityAfterReject, taskActions } from '../../assets/lifecycle/task-actions';
import { exampleSid } from '../support/twilio-runtime';
import { aReservation, aTask } from './samples';

const task_sid = exampleSid('WT');
const labels = (status: Parameters<typeof aTask>[0], ...reservations: ReturnType<typeof aReservation>[]) =>
  taskActions({ task: aTask(status), reservations, alerts: [] }).map(
    ({ label, name }) => `${label}: ${name}`,
  );

it('has the actions that fit the state of the task', () => {
  const served = aReservation({ reservation_status: 'accepted' });
  expect(labels({ assignment_status: 'pending' })).toEqual(['Cancel: cancel-task']);
  expect(labels({ assignment_status: 'reserved' }, aReservation())).toEqual([
    'Accept: accept-reservation',
    'Reject: reject-reservation',
    'Cancel: cancel-task',
  ]);
  expect(labels({ assignment_status: 'assigned' }, served)).toEqual([
    'Wrap up: wrap-up-task',
    'Complete: complete-task',
  ]);
  expect(labels({ assignment_status: 'wrapping' }, served)).toEqual(['Complete: complete-task']);
  expect(labels({ assignment_status: 'completed' }, served)).toEqual([]);
  expect(labels({ assignment_status: 'canceled' })).toEqual([]);
});

it('replies to the very reservation that is shown', () => {
  const [accept, reject] = taskActions({
    task: aTask({ assignment_status: 'reserved' }),
    alerts: [],
    reservations: [
      aReservation(),
      aReservation({ reservation_sid: exampleSid('WR', 2), reservation_status: 'timeout' }),
    ],
  });
  const parameters = { task_sid, reservation_sid: exampleSid('WR') };
  expect(accept).toMatchObject({ name: 'accept-reservation', parameters });
  expect(reject).toMatchObject({ name: 'reject-reservation', parameters });
});

it('names the worker on each button if there are several offers', () => {
  const bob = aReservation({ reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' });
  expect(labels({ assignment_status: 'reserved' }, aReservation(), bob)).toEqual([
    'Accept for Alice: accept-reservation',
    'Reject for Alice: reject-reservation',
    'Accept for Bob: accept-reservation',
    'Reject for Bob: reject-reservation',
    'Cancel: cancel-task',
  ]);
});

it('lets the Function find the reservation of a reserved task if it is unknown', () => {
  const [accept] = taskActions({
    task: aTask({ assignment_status: 'reserved' }),
    reservations: [],
    alerts: [],
  });
  expect(accept).toMatchObject({ name: 'accept-reservation', parameters: { task_sid } });
});

it('has no replies once the task is assigned, even if an older list of reservations has a pending one', () => {
  expect(labels({ assignment_status: 'assigned' }, aReservation())).not.toContain(
    'Accept: accept-reservation',
  );
});

it('makes a worker who rejects unavailable', () => {
  const activity = (activity_name: string, available = false) => ({
    activity_sid: activity_name,
    activity_name,
    available,
  });
  const idle = activity('Idle', true);
  expect(activityAfterReject([idle, activity('Busy'), activity('Offline')])?.activity_name).toBe('Offline');
  expect(activityAfterReject([idle, activity('Break')])?.activity_name).toBe('Break');
  expect(activityAfterReject([idle])).toBeUndefined();

  const view = { task: aTask({ assignment_status: 'reserved' }), reservations: [aReservation()], alerts: [] };
  const [accept, reject] = taskActions(view, activity('Break'));
  expect(reject?.parameters).toMatchObject({ activity: 'Break' });
  expect(reject?.hint).toMatch('Also sets the worker to Break');
  expect(accept?.parameters).not.toHaveProperty('activity');
});
