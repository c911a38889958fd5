import { LifecycleError, type LifecycleErrorCode } from '../steps/errors';
import { jsonResponse } from './responses';

/** The HTTP status of each error code: the only place that knows. */
const statusOf: Readonly<Record<LifecycleErrorCode, number>> = {
  invalid_parameters: 400,
  taskrouter_refused: 400,
  sign_in_required: 401,
  cross_site_refused: 403,
  task_not_found: 404,
  reservation_not_found: 404,
  worker_not_found: 404,
  activity_not_found: 404,
  reservation_ambiguous: 409,
  reservation_not_pending: 409,
  no_pending_reservation: 409,
  task_is_pending: 409,
  task_is_reserved: 409,
  task_is_assigned: 409,
  task_is_wrapping: 409,
  task_is_completed: 409,
  task_is_canceled: 409,
  rate_limited: 429,
  internal_error: 500,
  configuration: 500,
  operator_not_configured: 500,
  taskrouter_failed: 502,
  taskrouter_unavailable: 503,
  taskrouter_unreachable: 503,
  taskrouter_timeout: 504,
  outcome_unknown: 504,
};

/** RFC 7617; the realm is what a browser shows when it asks for the password. */
const challenge = 'Basic realm="TaskRouter lifecycle", charset="UTF-8"';

export function errorStatus(error: LifecycleError): number {
  return statusOf[error.code];
}

/** `{code, message}`, with `errors` per parameter or the `reservations` to choose from where there are any. */
export function errorResponse(error: LifecycleError): unknown {
  const { retryAfter, ...more } = error.details;
  return jsonResponse(
    errorStatus(error),
    { code: error.code, message: error.message, ...more },
    {
      ...(error.code === 'sign_in_required' && { 'WWW-Authenticate': challenge }),
      ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    },
  );
}

/**
 * Whatever was thrown, as an error the caller may be told: TaskRouter's refusals in its own words, else no details.
 * Only those words are masked: masking ours would show a stranger which of them the password is.
 */
export function toLifecycleError(thrown: unknown, masked: (words: string) => string): LifecycleError {
  if (thrown instanceof LifecycleError) return thrown;
  const refusal = thrown as { status?: unknown; message?: unknown } | null | undefined;
  if (typeof refusal?.status === 'number' && refusal.status >= 400 && refusal.status < 500) {
    const words = typeof refusal.message === 'string' ? masked(refusal.message) : `HTTP ${refusal.status}`;
    return new LifecycleError('taskrouter_refused', `TaskRouter refuses this: ${words}`);
  }
  return new LifecycleError('internal_error', 'The Function failed; its log says why.');
}
