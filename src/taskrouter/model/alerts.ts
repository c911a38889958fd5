/**
 * What Twilio's debugger would log: an error with no request to return it to.
 * Source: https://www.twilio.com/docs/api/errors and https://www.twilio.com/docs/usage/monitor-alert
 */
export interface Alert {
  /** Twilio's error code; null for a warning that only the local TaskRouter has. */
  readonly code: number | null;
  readonly level: 'error' | 'warning';
  readonly workspaceSid: string;
  /** The sid of the task, reservation, worker, or event it is about. */
  readonly resourceSid: string;
  /** What happened: one sentence without the period. */
  readonly detail: string;
  /** What to do about it, in one sentence, where more is known than the code. */
  readonly remedy?: string | undefined;
}
