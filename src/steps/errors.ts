/**
 * The stable codes of all errors. docs/functions.md lists them; the adapter maps them to HTTP statuses.
 * `task_is_…` names the state that does not allow the change.
 */
export type LifecycleErrorCode =
  | 'invalid_parameters'
  | 'taskrouter_refused'
  | 'sign_in_required'
  | 'cross_site_refused'
  | 'task_not_found'
  | 'reservation_not_found'
  | 'worker_not_found'
  | 'activity_not_found'
  | 'reservation_ambiguous'
  | 'reservation_not_pending'
  | 'no_pending_reservation'
  | 'task_is_pending'
  | 'task_is_reserved'
  | 'task_is_assigned'
  | 'task_is_wrapping'
  | 'task_is_completed'
  | 'task_is_canceled'
  | 'rate_limited'
  | 'internal_error'
  | 'configuration'
  | 'operator_not_configured'
  | 'taskrouter_failed'
  | 'taskrouter_unavailable'
  | 'taskrouter_unreachable'
  | 'taskrouter_timeout'
  | 'outcome_unknown';

/** Additional fields of an error response. */
interface ErrorDetails {
  /** What is wrong, by parameter or environment variable. */
  readonly errors?: Readonly<Record<string, string>>;
  /** The reservations to choose from. */
  readonly reservations?: readonly object[];
  /** When to try again: seconds or an HTTP date, from TaskRouter. */
  readonly retryAfter?: string;
}

/** An error for the caller: a stable code and a message that says what to do, never a stack or a secret. */
export class LifecycleError extends Error {
  override readonly name = 'LifecycleError';

  constructor(
    readonly code: LifecycleErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}
