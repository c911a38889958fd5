import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { EventInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/event';
import { limits } from '../common/limits';
import { pages } from '../workspace/existing/read';

/** The newest events of a type. */
export interface RecentEvents {
  /** Newest first. */
  readonly events: readonly AccountEvent[];
  /** All events since then are among them; Unix milliseconds. */
  readonly since: number;
}

export interface AccountEvent {
  /** Unix milliseconds. */
  readonly date: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Milliseconds. The clocks of this computer and of Twilio differ: older dates than events are kept may be refused. */
const margin = 3_600_000;

/** One page, so that it takes one request. */
export async function readRecentEvents(
  context: WorkspaceContext,
  now: number,
  filters: { readonly eventType: string; readonly taskSid?: string },
): Promise<RecentEvents> {
  const startsAt = now - limits.eventRetentionMs + margin;
  const options = { ...filters, startDate: new Date(startsAt), ...pages() };
  const { instances } = await context.events.page(options);
  const events = instances.map(eventOf);
  const [first, last] = [events.at(0), events.at(-1)];
  const isOldestFirst = first !== undefined && last !== undefined && first.date < last.date;
  if (isOldestFirst) events.reverse();
  if (instances.length < options.pageSize) return { events, since: startsAt };
  // Of a page that began with the oldest events, nothing is known about the newest.
  return { events, since: isOldestFirst || !last ? Number.POSITIVE_INFINITY : last.date };
}

function eventOf({ eventData, eventDateMs, eventDate }: EventInstance): AccountEvent {
  const fields = typeof eventData === 'string' ? JSON.parse(eventData) : eventData;
  return { date: Number(eventDateMs) || eventDate.getTime(), fields: fields ?? {} };
}
