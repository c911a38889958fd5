import type { EventInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/event';
import { reservationsFromEvents } from '../../src/steps/reservations-from-events';
import { exampleSid } from '../support/twilio-runtime';

function event(eventType: string, eventDateMs: number, data: object = {}): EventInstance {
  const eventData = {
    task_sid: exampleSid('WT'),
    reservation_sid: exampleSid('WR'),
    worker_sid: exampleSid('WK'),
    worker_name: 'Alice',
    ...data,
  };
  return { eventType, eventDateMs, eventData } as EventInstance;
}

it.each([
  ['reservation.created', 'pending'],
  ['reservation.accepted', 'accepted'],
  ['reservation.rejected', 'rejected'],
  ['reservation.timeout', 'timeout'],
  ['reservation.canceled', 'canceled'],
  ['reservation.rescinded', 'rescinded'],
  ['reservation.wrapup', 'wrapping'],
  ['reservation.completed', 'completed'],
])('reads %s as %s', (type, status) => {
  expect(reservationsFromEvents([event(type, 1000)])).toEqual([
    {
      reservation_sid: exampleSid('WR'),
      reservation_status: status,
      task_sid: exampleSid('WT'),
      worker_sid: exampleSid('WK'),
      worker_name: 'Alice',
      date_updated: '1970-01-01T00:00:01.000Z',
    },
  ]);
});

it('finds the current status whatever the order of events, even within one millisecond', () => {
  const life = ['created', 'accepted', 'wrapup', 'completed'].map((name) =>
    event(`reservation.${name}`, 1000),
  );
  for (const events of [life, life.toReversed(), [life[2], life[0], life[3], life[1]] as EventInstance[]]) {
    expect(reservationsFromEvents(events)).toMatchObject([{ reservation_status: 'completed' }]);
  }
});

it('keeps reservations separate', () => {
  const events = [
    event('reservation.accepted', 2000, { reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' }),
    event('reservation.rescinded', 2000),
    event('reservation.created', 1000, { reservation_sid: exampleSid('WR', 2), worker_name: 'Bob' }),
    event('reservation.created', 1000),
  ];
  expect(reservationsFromEvents(events)).toMatchObject([
    { worker_name: 'Bob', reservation_status: 'accepted' },
    { worker_name: 'Alice', reservation_status: 'rescinded' },
  ]);
});

it('ignores events without a reservation', () => {
  const others = [
    event('task.created', 1000, { reservation_sid: undefined }),
    event('reservation.created', 1000, { reservation_sid: undefined }),
    { eventType: 'reservation.created', eventDateMs: 1, eventData: null } as unknown as EventInstance,
  ];
  expect(reservationsFromEvents(others)).toEqual([]);
});
