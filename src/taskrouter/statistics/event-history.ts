import type { TaskRouterEvent } from '../model/events';
import { matches } from '../store/memory-events';
import type { EventQuery, Store } from '../store/store';

/** All events: those in the store, and those that may not yet be written. */
export interface EventHistory {
  readonly store: Pick<Store, 'events'>;
  readonly unwrittenEvents: readonly TaskRouterEvent[];
}

type HistoryQuery = Omit<EventQuery, 'limit' | 'olderThan' | 'newerThan'>;

/** The number of events read at a time. */
const pageSize = 1000;

/** Newest first. */
export function* eventsIn(
  { store, unwrittenEvents }: EventHistory,
  query: HistoryQuery,
): Generator<TaskRouterEvent> {
  for (const event of [...unwrittenEvents].reverse())
    if (matches(event, query) && isDatedIn(event, query)) yield event;
  // An event of a commit that is just being written may already be in the store as well.
  const [firstUnwritten = { sequence: Number.POSITIVE_INFINITY }] = unwrittenEvents;
  let olderThan: string | undefined;
  for (;;) {
    const page = store.events({ ...query, olderThan, limit: pageSize });
    yield* page.filter(({ sequence }) => sequence < firstUnwritten.sequence);
    olderThan = page.at(-1)?.sid;
    if (page.length < pageSize) return;
  }
}

const isDatedIn = (
  { date }: TaskRouterEvent,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: HistoryQuery,
): boolean => from <= date && date <= to;
