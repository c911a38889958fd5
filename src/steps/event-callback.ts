/**
 * The log line for an event of the workspace, such as `reservation.created WR…`. To act on events, extend this: they
 * may arrive twice and in any order, so check the current state first, and sort by TimestampMs.
 *
 * https://www.twilio.com/docs/taskrouter/api/event/reference
 */
export function eventCallback(form: Readonly<Record<string, unknown>>): string {
  return `${word(form.EventType)} ${word(form.ResourceSid)}`;
}

/** Only event types and sids pass: other text could forge lines of the log. */
function word(value: unknown): string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : '-';
}
