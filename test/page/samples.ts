import type { FunctionResponse } from '../../assets/lifecycle/function-client';
import type {
  LifecycleResponse,
  Reservation,
  Task,
  TaskAlert,
  Worker,
} from '../../assets/lifecycle/lifecycle-response';
import { exampleSid } from '../support/twilio-runtime';

/** Valid objects made from the fields that a test is about. */

export const aTask = (part: Partial<Task> = {}): Task => ({
  task_sid: exampleSid('WT'),
  assignment_status: 'pending',
  attributes: { selected_language: 'es' },
  priority: 0,
  age: 60,
  timeout: 86_400,
  task_channel: 'default',
  task_queue_sid: exampleSid('WQ'),
  reason: null,
  task_queue_name: 'Spanish',
  workflow_sid: exampleSid('WW'),
  workflow_name: 'Incoming',
  task_queue_entered_date: '2026-01-01T00:00:00.000Z',
  date_created: '2026-01-01T00:00:00.000Z',
  date_updated: '2026-01-01T00:00:00.000Z',
  ...part,
});

export const aReservation = (part: Partial<Reservation> = {}): Reservation => ({
  reservation_sid: exampleSid('WR'),
  reservation_status: 'pending',
  task_sid: exampleSid('WT'),
  worker_sid: exampleSid('WK'),
  worker_name: 'Alice',
  date_updated: '2026-01-01T00:00:01.000Z',
  ...part,
});

export const anAlert = (part: Partial<TaskAlert> = {}): TaskAlert => ({
  id: 1,
  task_sid: exampleSid('WT'),
  code: 40140,
  level: 'error',
  detail: 'Something failed',
  remedy: 'Do something else.',
  date: new Date(part.date_ms ?? 0).toISOString(),
  date_ms: 0,
  ...part,
});

export const aWorker = (part: Partial<Worker> = {}): Worker => ({
  worker_sid: exampleSid('WK'),
  worker_name: 'Alice',
  activity_sid: exampleSid('WA', 1),
  activity_name: 'Offline',
  available: false,
  attributes: { languages: ['en', 'es'] },
  date_status_changed: '2026-01-01T00:00:00.000Z',
  ...part,
});

export const aLifecycle = (part: Partial<LifecycleResponse> = {}): LifecycleResponse => ({
  build: '0123456789ab',
  inspector_url: null,
  configuration_errors: [],
  workspace_warnings: [],
  tasks: [],
  reservations: [],
  workers: [aWorker()],
  task_queues: [
    { task_queue_sid: exampleSid('WQ'), task_queue_name: 'Spanish', target_workers: 'languages HAS "es"' },
  ],
  activities: [
    { activity_sid: exampleSid('WA', 1), activity_name: 'Offline', available: false },
    { activity_sid: exampleSid('WA', 2), activity_name: 'Idle', available: true },
  ],
  events: [],
  alerts: [],
  poll_after_ms: 1000,
  ...part,
});

export const aResponse = (
  status: number,
  body: unknown,
  part: Partial<FunctionResponse> = {},
): FunctionResponse => ({
  name: 'lifecycle',
  parameters: {},
  number: 1,
  status,
  text: body === undefined ? '' : JSON.stringify(body),
  body,
  durationMs: 12,
  at: Date.UTC(2026, 0, 1),
  ...part,
});
