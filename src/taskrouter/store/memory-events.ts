import type { TaskRouterEvent } from '../model/events';
import type { EventQuery } from './store';

/**
 * The event log of the memory store: one array in order of `sequence`. Dates never decrease along it, so that every
 * bound (date or cursor) is found by binary search.
 */
export class MemoryEvents {
  private events: TaskRouterEvent[] = [];
  private readonly bySid = new Map<string, TaskRouterEvent>();

  get oldest(): TaskRouterEvent | undefined {
    return this.events[0];
  }

  get(sid: string): TaskRouterEvent | undefined {
    return this.bySid.get(sid);
  }

  /** @throws Error if an event already exists or is out of order; then none is added */
  append(events: readonly TaskRouterEvent[]): void {
    let newest = this.events.at(-1)?.sequence ?? Number.NEGATIVE_INFINITY;
    for (const { sid, sequence } of events) {
      if (this.bySid.has(sid) || sequence <= newest)
        throw new Error(`Event ${sid} already exists or is out of order`);
      newest = sequence;
    }
    for (const event of events) {
      this.events.push(event);
      this.bySid.set(event.sid, event);
    }
  }

  query(query: EventQuery): TaskRouterEvent[] {
    const { start, end } = this.bounds(query);
    const found: TaskRouterEvent[] = [];
    const forwards = query.newerThan !== undefined;
    for (let step = 0; step < end - start && found.length < query.limit; step += 1) {
      const event = this.events[forwards ? start + step : end - 1 - step];
      if (event && matches(event, query)) found.push(event);
    }
    return forwards ? found.reverse() : found;
  }

  /** The events after a sequence, oldest first. */
  after(sequence: number, limit: number): TaskRouterEvent[] {
    const start = this.firstIndex((event) => event.sequence > sequence);
    return this.events.slice(start, start + limit);
  }

  forget(date: number): void {
    const kept = this.firstIndex((event) => event.date >= date);
    for (const event of this.events.slice(0, kept)) this.bySid.delete(event.sid);
    this.events = this.events.slice(kept);
  }

  clear(): void {
    this.events = [];
    this.bySid.clear();
  }

  /** The half-open range of indexes within the dates and cursors. */
  private bounds({ from, to, newerThan, olderThan }: EventQuery): { start: number; end: number } {
    const starts = [0];
    const ends = [this.events.length];
    if (from !== undefined) starts.push(this.firstIndex((event) => event.date >= from));
    if (to !== undefined) ends.push(this.firstIndex((event) => event.date > to));
    if (newerThan !== undefined) starts.push((this.indexOf(newerThan) ?? this.events.length) + 1);
    if (olderThan !== undefined) ends.push(this.indexOf(olderThan) ?? 0);
    return { start: Math.max(...starts), end: Math.min(...ends) };
  }

  private indexOf(sid: string): number | undefined {
    const found = this.bySid.get(sid);
    return found && this.firstIndex((event) => event.sequence >= found.sequence);
  }

  /** The index of the first event for which `reached` is true. It must be true for all later ones. */
  private firstIndex(reached: (event: TaskRouterEvent) => boolean): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reached(this.events[middle] as TaskRouterEvent)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
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
