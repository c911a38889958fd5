import { signInChallenge } from '../common/operator-guard';
import { LifecycleError, type LifecycleErrorCode } from '../steps/errors';
import { jsonResponse } from './responses';

/** The HTTP status of each error code. */
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

/** The message of `internal_error`. */
export const functionFailed = 'The Function failed. See its log.';

export function errorStatus(error: LifecycleError): number {
  return statusOf[error.code];
}

/** `{code, message}`, and where they apply `errors` per parameter or the `reservations` to choose from. */
export function errorResponse(error: LifecycleError): unknown {
  const { retryAfter, ...more } = error.details;
  return jsonResponse(
    errorStatus(error),
    { code: error.code, message: error.message, ...more },
    {
      ...(error.code === 'sign_in_required' && { 'WWW-Authenticate': signInChallenge }),
      ...(retryAfter !== undefined && { 'Retry-After': retryAfter }),
    },
  );
}

/**
 * Converts anything thrown to an error for the caller: TaskRouter's errors with its message, others without details.
 * Only TaskRouter's message is masked: a mask in our own message would reveal that a word of it is the password.
 */
export function toLifecycleError(thrown: unknown, mask: (text: string) => string): LifecycleError {
  if (thrown instanceof LifecycleError) return thrown;
  const error = thrown as { status?: unknown; message?: unknown } | null | undefined;
  if (typeof error?.status === 'number' && error.status >= 400 && error.status < 500) {
    const message = typeof error.message === 'string' ? mask(error.message) : `HTTP ${error.status}`;
    return new LifecycleError('taskrouter_refused', `TaskRouter rejected the request: ${message}`);
  }
  return new LifecycleError('internal_error', functionFailed);
}
