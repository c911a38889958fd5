import type { CallbackAttempt, CallbackRecord } from '../../src/taskrouter/webhooks/callback-record';
import { connectionOverrides } from '../../src/taskrouter/webhooks/connection-overrides';

export const taskSid = `WT${'1'.repeat(32)}`;
export const workerSid = `WK${'2'.repeat(32)}`;

export function attempt(partial: Partial<CallbackAttempt> = {}): CallbackAttempt {
  return {
    method: 'POST',
    url: 'http://127.0.0.1:3000/assignment-callback',
    role: 'primary',
    number: 1,
    startedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    durationMs: 12.3,
    settings: connectionOverrides('', 5000),
    request: { headers: { 'X-Twilio-Signature': 'c2ln' }, parameters: { TaskSid: taskSid } },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"instruction":"accept"}',
    },
    error: null,
    alert: null,
    ...partial,
  };
}

export function record(partial: Partial<CallbackRecord> = {}): CallbackRecord {
  return {
    kind: 'assignment',
    at: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    workspaceSid: `WS${'3'.repeat(32)}`,
    taskSid,
    workerSid,
    reservationSid: `WR${'4'.repeat(32)}`,
    callSid: null,
    eventSid: null,
    eventType: null,
    outcome: 'instruction:accept',
    attempts: [attempt()],
    result: { kind: 'instruction', instruction: { name: 'accept', parameters: {} } },
    replayOf: null,
    ...partial,
  };
}
