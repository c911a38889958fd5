/**
 * What can go wrong in a step, by its stable code. docs/functions.md lists them; the HTTP status of each is the adapter's.
 * `task_is_…` names the state that forbids the move.
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

/** What an error says besides its code and message. */
export interface ErrorDetails {
  /** One sentence per parameter (or environment variable), all at once. */
  readonly errors?: Readonly<Record<string, string>>;
  /** The reservations among which the caller must choose. */
  readonly reservations?: readonly object[];
  /** When to try again: seconds or an HTTP date, as TaskRouter sent it. */
  readonly retryAfter?: string;
}

/** An error that the caller is told: a stable code, and a message that says what to do. Never a stack or a secret. */
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
