import { announcementOf } from '../../assets/agent/announcement';
import { actionsOf } from '../../assets/agent/reservation-actions';
import { isLive, reservationView, taskText, timeLeftMs } from '../../assets/agent/reservation-view';
import { aView, sdkReservation } from './samples';

const view = (...[part]: Parameters<typeof sdkReservation>) =>
  reservationView(sdkReservation(part), { endsAt: 0, error: null });

it('has the actions that fit the status of the reservation', () => {
  const labels = (status: Parameters<typeof actionsOf>[0]) => actionsOf(status).map(({ label }) => label);
  expect(labels('pending')).toEqual(['Accept', 'Reject']);
  expect(labels('accepted')).toEqual(['Wrap up', 'Complete']);
  expect(labels('wrapping')).toEqual(['Complete']);
  expect(labels('rescinded')).toEqual([]);
});

it.each([
  [{ status: 'rescinded' }, 'Another worker accepted this task. You have nothing to do.'],
  [
    { status: 'canceled', task: { status: 'canceled', reason: 'hung up' } },
    'The task was canceled: hung up.',
  ],
  [{ status: 'canceled', task: { status: 'canceled' } }, 'The task was canceled.'],
  [{ status: 'canceled', canceledReasonCode: 13224 }, 'The offer was canceled because of error 13224.'],
  [{ status: 'canceled' }, 'The offer was canceled.'],
  [{ status: 'timeout' }, 'The time to accept is over. TaskRouter offers the task to the next worker.'],
  [{ status: 'rejected' }, 'Rejected. TaskRouter offers the task to the next worker.'],
  [{ status: 'completed', task: { reason: 'resolved' } }, 'Completed: resolved.'],
] as const)('says why a reservation ended: %j', (part, ending) => {
  expect(view(part).ending).toBe(ending);
  expect(isLive(part)).toBe(false);
});

it.each(['pending', 'accepted', 'wrapping'] as const)(
  'says nothing about an end while it is %s',
  (status) => {
    expect(view({ status }).ending).toBeNull();
    expect(isLive({ status })).toBe(true);
  },
);

it('counts the time left by the clock of TaskRouter', () => {
  expect(timeLeftMs(sdkReservation())).toBe(120_000);
  expect(timeLeftMs(sdkReservation({ task: { age: 630 } }))).toBe(90_000);
  expect(timeLeftMs(sdkReservation({ task: { age: 900 } }))).toBe(0);
  // Both are rounded to seconds, so that an offer may seem to be made in the future.
  expect(timeLeftMs(sdkReservation({ task: { age: 599 } }))).toBe(120_000);
});

it('shows attributes only if they have names', () => {
  expect(view().attributes).toEqual({ selected_language: 'es' });
  const odd = (attributes: unknown) => view({ task: { attributes: attributes as never } }).attributes;
  expect([odd('text'), odd(null), odd([1])]).toEqual([null, null, null]);
});

it('names a task by its first attributes, or by its sid', () => {
  expect(taskText(aView({ attributes: { a: 1, b: ['x', 'y'], c: true, d: 4 } }))).toBe('a 1, b x, y, c true');
  expect(taskText(aView({ attributes: {}, taskSid: 'WTabcd' }))).toBe('task abcd');
});

it('announces what happens, and interrupts only for what cannot wait', () => {
  expect(announcementOf('created', aView(), 0)).toEqual({
    text: 'New offer: selected_language es. 2 min to accept.',
    isUrgent: true,
  });
  expect(announcementOf('accepted', aView(), 0)).toEqual({
    text: 'Accepted: selected_language es.',
    isUrgent: false,
  });
  expect(announcementOf('rescinded', aView({ ending: 'Another worker accepted.' }), 0)).toEqual({
    text: 'selected_language es: Another worker accepted.',
    isUrgent: true,
  });
});
