const dateForm = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Unix milliseconds of an ISO 8601 date, with or without a time; without a zone it is UTC. Undefined when it is none,
 * a day that no calendar has included.
 */
export function readDate(text: string): number | undefined {
  const [, day, time = '00:00:00', zone = 'Z'] = dateForm.exec(text) ?? [];
  if (day === undefined || !isCalendarDay(day)) return undefined;
  const milliseconds = Date.parse(
    `${day}T${time}${zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`,
  );
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** `Date.parse` takes February 30th for March 2nd. */
function isCalendarDay(day: string): boolean {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(day);
}

/** `YYYY-MM-DDTHH:MM:SSZ`, as every example of Twilio's OpenAPI has it; `null` stays `null`. */
export function formatDate(milliseconds: number): string;
export function formatDate(milliseconds: number | null): string | null;
export function formatDate(milliseconds: number | null): string | null {
  return milliseconds === null ? null : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
