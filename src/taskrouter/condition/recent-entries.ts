import {
  type CallbackFailureReason,
  type CallbackRequest,
  type RecentAlert,
  shownUrl,
} from '../../doctor/condition';
import type { AlertEntry } from '../inspector/alert-log';
import type { CallbackEntry } from '../inspector/callback-log';
import type { CallbackAttempt } from '../webhooks/callback-record';

/**
 * The requests of TaskRouter's callbacks. A replay has no effect, and a withdrawn callback has no result. Failed voice
 * requests are in the alerts of their calls.
 */
export function callbacksOf(entries: readonly CallbackEntry[]): CallbackRequest[] {
  return entries.flatMap(({ kind, replayOf, outcome, attempts }) => {
    if (kind === 'voice' || replayOf !== null || outcome === 'withdrawn') return [];
    return attempts.map((attempt) => requestOf(kind, attempt));
  });
}

function requestOf(kind: CallbackRequest['kind'], attempt: CallbackAttempt): CallbackRequest {
  const { url, startedAt, durationMs, alert } = attempt;
  return {
    kind,
    url: shownUrl(url),
    at: startedAt,
    durationMs,
    failure: alert && { reason: reasonOf(attempt), message: alert.message, remedy: alert.remedy },
  };
}

/** A receiver that takes too long is reached. */
const lateFailures: readonly string[] = ['read_timeout', 'total_timeout', 'too_large', 'internal_error'];

function reasonOf({ response, error }: CallbackAttempt): CallbackFailureReason {
  if (response) return response.status === 401 || response.status === 403 ? 'signature_refused' : 'failed';
  return error && lateFailures.includes(error.kind) ? 'failed' : 'unreachable';
}

/** These alerts have findings of their own, or are about findings. */
const examined: readonly AlertEntry['source'][] = ['callback', 'lint', 'doctor'];

export function alertsOf(entries: readonly AlertEntry[]): RecentAlert[] {
  return entries
    .filter(({ source }) => !examined.includes(source))
    .map(({ code, at, resourceSid, detail, remedy }) => ({
      code,
      at,
      place: resourceSid,
      message: detail,
      remedy,
    }));
}
