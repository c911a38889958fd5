import type { CallbackAttempt } from '../webhooks/callback-record';
import { signedText } from '../webhooks/signature';
import type { CallbackEntry } from './callback-log';

/** An entry as `/_taskrouter/callbacks` shows it: snake_case names, dates in ISO 8601 with milliseconds. */
export function callbackEntryToJson(entry: CallbackEntry) {
  return {
    id: entry.id,
    kind: entry.kind,
    at: iso(entry.at),
    workspace_sid: entry.workspaceSid,
    task_sid: entry.taskSid,
    worker_sid: entry.workerSid,
    reservation_sid: entry.reservationSid,
    event_sid: entry.eventSid,
    event_type: entry.eventType,
    outcome: entry.outcome,
    verdict: entry.verdict,
    replay_of: entry.replayOf,
    attempts: entry.attempts.map(attemptToJson),
  };
}

function attemptToJson(attempt: CallbackAttempt) {
  return {
    url: attempt.url,
    role: attempt.role,
    try: attempt.try,
    started_at: iso(attempt.startedAt),
    duration_ms: attempt.durationMilliseconds,
    limits: {
      connect_ms: attempt.settings.connectMilliseconds,
      read_ms: attempt.settings.readMilliseconds,
      total_ms: attempt.settings.totalMilliseconds,
    },
    request: { ...attempt.request, signed: signedText(attempt.url, attempt.request.parameters) },
    response: attempt.response,
    error: attempt.error,
    alert: attempt.alert,
  };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
