import type { TaskRouterEvent } from '../model/events';
import { indexedFields } from './event-query';
import type { EventQuery } from './store';

/** In order of `sequence`. Dates never decrease along it, so that every bound is found by binary search. */
type EventList = readonly TaskRouterEvent[];

/**
 * The event log of the memory store. A query reads the shortest of the lists that contain all its events: to find the few
 * of one task among 100,000 takes 0.1 ms in place of 70. The lists cost 2 µs and 110 bytes an event.
 */
export class MemoryEvents {
  private events: TaskRouterEvent[] = [];
  private readonly bySid = new Map<string, TaskRouterEvent>();
  private readonly byWorkspace = new EventIndex((event) => event.workspaceSid);
  private readonly byType = new EventIndex((event) => event.type);
  private readonly byField: ReadonlyMap<string, EventIndex> = new Map(
    indexedFields.map(({ field }) => [field, new EventIndex(({ fields }) => fields[field])]),
  );
  private readonly indexes = [this.byWorkspace, this.byType, ...this.byField.values()];

  get oldest(): TaskRouterEvent | undefined {
    return this.events[0];
  }

  get(sid: string): TaskRouterEvent | undefined {
    return this.bySid.get(sid);
  }

  /** @throws Error if an event already exists or is out of order; then none is added */
  append(events: EventList): void {
    let newest = this.events.at(-1)?.sequence ?? Number.NEGATIVE_INFINITY;
    for (const { sid, sequence } of events) {
      if (this.bySid.has(sid) || sequence <= newest)
        throw new Error(`Event ${sid} already exists or is out of order`);
      newest = sequence;
    }
    for (const event of events) {
      this.events.push(event);
      this.bySid.set(event.sid, event);
      for (const index of this.indexes) index.add(event);
    }
  }

  query(query: EventQuery): TaskRouterEvent[] {
    const events = this.shortestList(query);
    const { start, end } = this.bounds(events, query);
    const found: TaskRouterEvent[] = [];
    const forwards = query.newerThan !== undefined;
    for (let step = 0; step < end - start && found.length < query.limit; step += 1) {
      const event = events[forwards ? start + step : end - 1 - step];
      if (event && matches(event, query)) found.push(event);
    }
    return forwards ? found.reverse() : found;
  }

  /** The events after a sequence, oldest first. */
  after(sequence: number, limit: number): TaskRouterEvent[] {
    const start = firstIndex(this.events, (event) => event.sequence > sequence);
    return this.events.slice(start, start + limit);
  }

  forget(date: number): void {
    const kept = firstIndex(this.events, (event) => event.date >= date);
    const forgotten = this.events.slice(0, kept);
    for (const event of forgotten) this.bySid.delete(event.sid);
    for (const index of this.indexes) index.forget(forgotten, date);
    this.events = this.events.slice(kept);
  }

  clear(): void {
    this.events = [];
    this.bySid.clear();
    for (const index of this.indexes) index.clear();
  }

  private shortestList({ workspaceSid, type, sid, fields = {} }: EventQuery): EventList {
    const lists = [this.byWorkspace.get(workspaceSid)];
    if (type !== undefined) lists.push(this.byType.get(type));
    const event = sid === undefined ? undefined : this.bySid.get(sid);
    if (sid !== undefined) lists.push(event ? [event] : []);
    for (const [name, value] of Object.entries(fields)) {
      const index = this.byField.get(name);
      if (index) lists.push(index.get(value));
    }
    return lists.reduce((shortest, list) => (list.length < shortest.length ? list : shortest));
  }

  /** The half-open range of indexes within the dates and cursors. */
  private bounds(
    events: EventList,
    { from, to, newerThan, olderThan }: EventQuery,
  ): { start: number; end: number } {
    const starts = [0];
    const ends = [events.length];
    if (from !== undefined) starts.push(firstIndex(events, (event) => event.date >= from));
    if (to !== undefined) ends.push(firstIndex(events, (event) => event.date > to));
    if (newerThan !== undefined) {
      const { sequence } = this.bySid.get(newerThan) ?? { sequence: Number.POSITIVE_INFINITY };
      starts.push(firstIndex(events, (event) => event.sequence > sequence));
    }
    if (olderThan !== undefined) {
      const { sequence } = this.bySid.get(olderThan) ?? { sequence: Number.NEGATIVE_INFINITY };
      ends.push(firstIndex(events, (event) => event.sequence >= sequence));
    }
    return { start: Math.max(...starts), end: Math.min(...ends) };
  }
}

const none: EventList = [];

/** The events with each value of a key. */
class EventIndex {
  private readonly lists = new Map<string, TaskRouterEvent[]>();

  constructor(private readonly keyOf: (event: TaskRouterEvent) => string | undefined) {}

  get(key: string): EventList {
    return this.lists.get(key) ?? none;
  }

  add(event: TaskRouterEvent): void {
    const key = this.keyOf(event);
    if (key === undefined) return;
    const list = this.lists.get(key);
    if (list) list.push(event);
    else this.lists.set(key, [event]);
  }

  /** @param forgotten all events before the date */
  forget(forgotten: EventList, date: number): void {
    for (const key of new Set(forgotten.map(this.keyOf))) {
      if (key === undefined) continue;
      const list = this.get(key);
      const kept = list.slice(firstIndex(list, (event) => event.date >= date));
      if (kept.length > 0) this.lists.set(key, kept);
      else this.lists.delete(key);
    }
  }

  clear(): void {
    this.lists.clear();
  }
}

/** The index of the first event for which `reached` is true. It must be true for all later ones. */
function firstIndex(events: EventList, reached: (event: TaskRouterEvent) => boolean): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(events[middle] as TaskRouterEvent)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether an event matches a query, apart from dates and cursors. */
export function matches(event: TaskRouterEvent, query: Omit<EventQuery, 'limit'>): boolean {
  return (
    event.workspaceSid === query.workspaceSid &&
    (query.type === undefined || event.type === query.type) &&
    (query.types === undefined || query.types.includes(event.type)) &&
    (query.sid === undefined || event.sid === query.sid) &&
    Object.entries(query.fields ?? {}).every(([name, value]) => event.fields[name] === value)
  );
}
