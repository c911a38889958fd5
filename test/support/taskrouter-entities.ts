import { exampleSid } from './twilio-runtime';

/** TaskRouter's JSON of its entities, as far as the Functions read it; a partial one makes a whole one. */

const created = '2026-01-05T10:00:00Z';

export function taskJson(changes: object = {}) {
  return {
    sid: exampleSid('WT'),
    assignment_status: 'pending',
    attributes: '{"selected_language":"es"}',
    age: 3,
    priority: 0,
    timeout: 86400,
    reason: null,
    task_queue_sid: exampleSid('WQ'),
    task_queue_friendly_name: 'Spanish',
    task_channel_unique_name: 'default',
    workflow_sid: exampleSid('WW'),
    workflow_friendly_name: 'Incoming',
    date_created: created,
    date_updated: created,
    ...changes,
  };
}

export function reservationJson(changes: object = {}) {
  return {
    sid: exampleSid('WR'),
    reservation_status: 'pending',
    task_sid: exampleSid('WT'),
    worker_sid: exampleSid('WK'),
    worker_name: 'Alice',
    date_created: created,
    date_updated: created,
    ...changes,
  };
}

export function workerJson(changes: object = {}) {
  return {
    sid: exampleSid('WK'),
    friendly_name: 'Alice',
    activity_sid: exampleSid('WA', 1),
    activity_name: 'Offline',
    available: false,
    attributes: '{"languages":["en","es"]}',
    date_status_changed: created,
    ...changes,
  };
}

export const offline = { sid: exampleSid('WA', 1), friendly_name: 'Offline', available: false };
export const idle = { sid: exampleSid('WA', 2), friendly_name: 'Idle', available: true };

export function eventJson(changes: object = {}) {
  return {
    sid: exampleSid('EV'),
    event_type: 'reservation.created',
    description: 'Reservation created',
    event_date: created,
    event_date_ms: Date.parse(created),
    resource_sid: exampleSid('WR'),
    event_data: {
      task_sid: exampleSid('WT'),
      reservation_sid: exampleSid('WR'),
      worker_sid: exampleSid('WK'),
      worker_name: 'Alice',
    },
    ...changes,
  };
}
