import { Slices } from '../../common/slices';
import type { TaskRouterEvent } from '../model/events';
import type { EventQuery, Store } from '../store/store';
import { type Fact, factOf, factTypes } from './fact';
import { WorkspaceFacts } from './workspace-facts';

/** Where the events come from. */
export interface EventSource {
  readonly store: Pick<Store, 'events'>;
  /** Decided, and not yet passed to `onCommit`. Oldest first. */
  readonly unwrittenEvents: readonly TaskRouterEvent[];
  onCommit(listener: (commit: { readonly events: readonly TaskRouterEvent[] }) => void): unknown;
  onClear(listener: () => void): unknown;
}

/** The facts of a workspace in a period: Unix milliseconds, inclusive. */
export interface HistoryQuery {
  readonly workspaceSid: string;
  readonly from: number;
  readonly to: number;
}

/** The number of events read at a time, in about a millisecond. */
const pageSize = 200;

/** Long enough for a dashboard that asks every few minutes. Milliseconds. */
const keptUnaskedMs = 900_000;

/**
 * The events as statistics need them. Reading 150,000 events from the store takes a second, so this is done once, in
 * slices, for a window that nobody has asked for before. From then on, events are added as they happen, and a request
 * takes a few milliseconds.
 */
export class EventHistory {
  private readonly workspaces = new Map<string, WorkspaceFacts>();
  private nextDrop = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly source: EventSource,
    readonly slices = new Slices(),
  ) {
    source.onCommit(({ events }) => this.append(events));
    // Afterwards, the store may hold other events of the same workspaces. What is being loaded is loaded again.
    source.onClear(() => this.workspaces.clear());
  }

  /** Whether `visit` can begin at once with facts since `from`. They are kept for a while. */
  isLoaded(workspaceSid: string, from: number): boolean {
    const facts = this.workspaces.get(workspaceSid);
    facts?.ask(from);
    return facts !== undefined && facts.since <= from;
  }

  /** Resolves when `visit` can begin at once with facts since `from`. */
  async load(workspaceSid: string, from: number): Promise<void> {
    while (!this.isLoaded(workspaceSid, from)) await this.slices.run(this.loading(workspaceSid, from));
  }

  /**
   * Calls `visit` with each fact, newest first. A fact is valid until the next. If the period is loaded, the facts are
   * those of the moment of the call, including events that are not written yet.
   */
  async visit(query: HistoryQuery, visit: (fact: Fact) => void): Promise<void> {
    const { workspaceSid, from, to } = query;
    if (!this.isLoaded(workspaceSid, from)) await this.load(workspaceSid, from);
    const unwritten = this.source.unwrittenEvents.filter((event) => isIn(event, query)).reverse();
    const parts = this.workspaces.get(workspaceSid)?.parts(from, to) ?? [];
    await this.slices.run(
      (function* () {
        for (const event of unwritten) {
          const fact = factOf(event);
          if (fact) visit(fact);
        }
        for (const { block, begin, end } of parts) {
          block.visit(begin, end, visit);
          yield;
        }
      })(),
    );
  }

  /** Reads the facts since `from` that are not here yet, page by page, newest first. */
  private *loading(workspaceSid: string, from: number): Generator<void, void> {
    if (this.isLoaded(workspaceSid, from)) return;
    const facts = this.workspaces.get(workspaceSid) ?? new WorkspaceFacts();
    this.workspaces.set(workspaceSid, facts);
    facts.ask(from);
    try {
      for (const page of this.pages({ workspaceSid, from, to: facts.since - 1 })) {
        for (const event of page) {
          const fact = factOf(event);
          if (fact) facts.prepend(fact);
        }
        yield;
      }
      facts.since = from;
    } catch (error) {
      this.workspaces.delete(workspaceSid);
      throw error;
    }
  }

  /** What is written at the first step. What is written later is appended. */
  private *pages(query: HistoryQuery): Generator<TaskRouterEvent[], void> {
    // An event of a commit that is just being written may already be in the store as well.
    const [firstUnwritten = { sequence: Number.POSITIVE_INFINITY }] = this.source.unwrittenEvents;
    let next: Partial<EventQuery> = {};
    for (;;) {
      const page = this.source.store.events({ ...query, ...next, types: factTypes, limit: pageSize });
      yield page.filter(({ sequence }) => sequence < firstUnwritten.sequence);
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      // With the cursor alone, SQLite would look at all events of the pages before.
      next = { olderThan: last.sid, to: last.date };
    }
  }

  private append(events: readonly TaskRouterEvent[]): void {
    if (this.workspaces.size === 0) return;
    for (const event of events) {
      const facts = this.workspaces.get(event.workspaceSid);
      const fact = facts && factOf(event);
      if (fact) facts.append(fact);
    }
    this.dropUnasked(events.at(-1)?.date ?? Number.NEGATIVE_INFINITY);
  }

  private dropUnasked(now: number): void {
    if (now < this.nextDrop) return;
    this.nextDrop = now + keptUnaskedMs;
    for (const [sid, facts] of this.workspaces) if (!facts.dropUnasked()) this.workspaces.delete(sid);
  }
}

const isIn = ({ workspaceSid, date }: TaskRouterEvent, query: HistoryQuery): boolean =>
  workspaceSid === query.workspaceSid && query.from <= date && date <= query.to;
