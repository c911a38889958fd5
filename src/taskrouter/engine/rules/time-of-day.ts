/** The `taskrouter.` values in the expressions of a workflow, in UTC. */
interface TimeOfDay {
  /** HHMM as a number: 1830 is 6:30 p.m. */
  readonly currentTime: number;
  readonly currentHour: number;
  readonly currentMin: number;
  readonly dayOfWeek: string;
}

const daysOfWeek = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Source: https://www.twilio.com/docs/taskrouter/time-of-day-routing. Our choice: hour and minute are numbers. The page
 * calls the hour a string but compares it with numbers, and expressions convert nothing.
 */
export function timeOfDay(now: number): TimeOfDay {
  const date = new Date(now);
  const currentHour = date.getUTCHours();
  const currentMin = date.getUTCMinutes();
  return {
    currentTime: currentHour * 100 + currentMin,
    currentHour,
    currentMin,
    dayOfWeek: daysOfWeek[date.getUTCDay()] as string,
  };
}
