import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import type { EventSource } from '../../src/taskrouter/statistics/event-history';
import { MemoryEvents } from '../../src/taskrouter/store/memory-events';

/** A TaskRouter's events alone: decided, being written, written. */
export class EventLog implements EventSource {
  /** The number of queries so far. */
  queries = 0;
  private readonly written = new MemoryEvents();
  private writing: TaskRouterEvent[] = [];
  private pending: TaskRouterEvent[] = [];
  private committed: Parameters<EventSource['onCommit']>[0] = () => undefined;
  private cleared = () => undefined as unknown;

  readonly store: EventSource['store'] = {
    events: (query) => {
      this.queries += 1;
      return this.written.query(query);
    },
  };

  get unwrittenEvents(): readonly TaskRouterEvent[] {
    return [...this.writing, ...this.pending];
  }

  onCommit(listener: typeof this.committed): void {
    this.committed = listener;
  }

  onClear(listener: () => void): void {
    this.cleared = listener;
  }

  decide(events: readonly TaskRouterEvent[]): void {
    this.pending.push(...events);
  }

  /** Finishes the present commit, and begins the next. The store already has its events, before anybody is told. */
  write(): void {
    const events = this.writing;
    this.writing = [];
    this.committed({ events });
    this.writing = this.pending;
    this.pending = [];
    this.written.append(this.writing);
  }

  writeAll(): void {
    this.write();
    this.write();
  }

  clear(): void {
    this.writing = [];
    this.pending = [];
    this.written.clear();
    this.cleared();
  }
}
