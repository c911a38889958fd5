/**
 * One line for the log about an event of the workspace, such as `reservation.created WR…`. Event callbacks may come
 * twice and in any order; whoever acts on them here looks first (sort by TimestampMs).
 *
 * https://www.twilio.com/docs/taskrouter/api/event/reference
 */
export function eventCallback(form: Readonly<Record<string, unknown>>): string {
  return `${word(form.EventType)} ${word(form.ResourceSid)}`;
}

/** Event types and sids only: nothing that could break a line of the log. */
function word(value: unknown): string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : '-';
}
