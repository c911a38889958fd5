import type { Call } from '../../assets/calls/call';
import type {
  AlertEntry,
  Attempt,
  CallbackEntry,
  EventEntry,
  RequestEntry,
} from '../../src/inspector-page/data/entries';

export const taskSid = `WT${'1'.repeat(32)}`;
const workspaceSid = `WS${'3'.repeat(32)}`;
export const workerSid = `WK${'2'.repeat(32)}`;
const at = '2026-01-31T12:00:00.000Z';

export function request(partial: Partial<RequestEntry> = {}): RequestEntry {
  return {
    type: 'request',
    id: 1,
    at,
    duration_ms: 3,
    method: 'POST',
    operation: 'CreateTask',
    ignored_parameters: [],
    path: '/v1/Workspaces/WS1/Tasks',
    url: '/v1/Workspaces/WS1/Tasks',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    parameters: [['Attributes', '{"name":"O\'Neil"}']],
    body: null,
    status: 201,
    error_code: null,
    response: { sid: taskSid },
    task_sid: taskSid,
    worker_sid: null,
    workspace_sid: workspaceSid,
    reservation_sid: null,
    call_sid: null,
    alert_id: null,
    ...partial,
  };
}

export function attempt(partial: Partial<Attempt> = {}): Attempt {
  return {
    method: 'POST',
    url: 'http://127.0.0.1:3000/assignment-callback',
    role: 'primary',
    number: 1,
    started_at: at,
    duration_ms: 12,
    limits: { connect_ms: 5000, read_ms: 5000, total_ms: 5000 },
    request: {
      headers: { 'X-Twilio-Signature': '***', Accept: '*/*' },
      parameters: { TaskSid: taskSid, WorkerSid: workerSid, WorkerName: 'Alice' },
      signed: 'http…',
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
    error: null,
    alert: null,
    ...partial,
  };
}

export function callback(partial: Partial<CallbackEntry> = {}): CallbackEntry {
  return {
    type: 'callback',
    id: 2,
    kind: 'assignment',
    at,
    workspace_sid: workspaceSid,
    event_sid: null,
    task_sid: taskSid,
    worker_sid: workerSid,
    reservation_sid: null,
    call_sid: null,
    event_type: null,
    outcome: 'no_instruction',
    result: { kind: 'none' },
    replay_of: null,
    attempts: [attempt()],
    ...partial,
  };
}

export function alert(partial: Partial<AlertEntry> = {}): AlertEntry {
  return {
    type: 'alert',
    id: 3,
    at,
    date: at,
    date_ms: Date.parse(at),
    workspace_sid: workspaceSid,
    resource_sid: workspaceSid,
    code: 11200,
    level: 'error',
    source: 'callback',
    detail: 'status 500 instead of 200',
    remedy: 'See the log of the receiver.',
    more_info: 'https://www.twilio.com/docs/errors/11200',
    task_sid: taskSid,
    worker_sid: workerSid,
    call_sid: null,
    callback_id: 2,
    ...partial,
  };
}

export function event(event_type: EventEntry['event_type'], partial: Partial<EventEntry> = {}): EventEntry {
  return {
    id: 1,
    at,
    event_type,
    description: event_type,
    task_sid: taskSid,
    task_status: null,
    worker_sid: null,
    worker_name: null,
    worker_activity: null,
    worker_activity_sid: null,
    reservation_sid: null,
    ...partial,
  };
}

export const callSid = `CA${'5'.repeat(32)}`;

export function call(partial: Partial<Call> = {}): Call {
  return {
    call_sid: callSid,
    from: '+15550111',
    to: '+15550100',
    direction: 'inbound',
    parent_call_sid: null,
    status: 'completed',
    task_sid: taskSid,
    worker_sid: null,
    reservation_sid: null,
    date_created: at,
    answered_at: at,
    ended_at: '2026-01-31T12:01:05.000Z',
    line_count: 1,
    transcript: [{ at, who: 'caller', verb: 'calls', text: '+15550100' }],
    ...partial,
  };
}

/** A request of that call, before it had a task. */
export const voiceRequest = (partial: Partial<CallbackEntry> = {}): CallbackEntry =>
  callback({
    kind: 'voice',
    task_sid: null,
    worker_sid: null,
    call_sid: callSid,
    outcome: 'twiml',
    result: null,
    attempts: [attempt({ url: 'http://127.0.0.1:3000/enqueue-call?attempt=1' })],
    ...partial,
  });
