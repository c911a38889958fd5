/**
 * Something that Twilio's debugger would log: a mistake that no request is there to be answered with.
 * Source: https://www.twilio.com/docs/api/errors and https://www.twilio.com/docs/usage/monitor-alert
 */
export interface Alert {
  /** Twilio's error code. */
  readonly code: number;
  readonly level: 'error' | 'warning';
  readonly workspaceSid: string;
  /** What it is about: a task, a reservation, a worker, an event. */
  readonly resourceSid: string;
  /** What happened, in one sentence without its full stop. */
  readonly detail: string;
}
