import { type Entity, type TableName, tableNames } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';
import { highestSequence, lastChanges } from './batch';
import { MemoryEvents } from './memory-events';
import {
  type CommitBatch,
  type EventQuery,
  type Rows,
  type Store,
  type StoreContents,
  StoreFailed,
  StoreUnavailable,
} from './store';

/** Keeps everything in memory, until the process ends: for tests, demos, and `--memory`. */
export class MemoryStore implements Store {
  private readonly tables = new Map<TableName, Map<string, Entity>>(
    tableNames.map((name) => [name, new Map()]),
  );
  private log = new MemoryEvents();
  private sequence = 0;
  private time: number | null = null;
  private closed = false;
  private failure: StoreFailed | null = null;

  load(): { readonly rows: Rows; readonly sequence: number } {
    this.assertOpen();
    const rows = tableNames.map((name) => [name, inSequence(this.table(name).values())]);
    return { rows: Object.fromEntries(rows) as Rows, sequence: this.sequence };
  }

  async commitBatch(batch: CommitBatch): Promise<void> {
    this.assertOpen();
    if (this.failure) throw this.failure;
    this.append(batch.events);
    for (const { table, sid, after } of lastChanges(batch)) {
      if (after) this.table(table).set(sid, after);
      else this.table(table).delete(sid);
    }
    this.sequence = highestSequence(batch, this.sequence);
    this.time = batch.time;
  }

  lastTime(): number | null {
    this.assertOpen();
    return this.time;
  }

  events(query: EventQuery): TaskRouterEvent[] {
    this.assertOpen();
    return this.log.query(query);
  }

  event(sid: string): TaskRouterEvent | undefined {
    this.assertOpen();
    return this.log.get(sid);
  }

  eventsAfter(sequence: number, limit: number): TaskRouterEvent[] {
    this.assertOpen();
    return this.log.after(sequence, limit);
  }

  oldestEvent(): number | null {
    this.assertOpen();
    return this.log.oldest?.date ?? null;
  }

  async forgetEvents(date: number): Promise<void> {
    this.assertOpen();
    this.log.forget(date);
  }

  async clear(): Promise<void> {
    this.assertOpen();
    for (const table of this.tables.values()) table.clear();
    this.log.clear();
    this.sequence = 0;
    this.time = null;
  }

  async replace({ rows, sequence, time, events }: StoreContents): Promise<void> {
    const log = new MemoryEvents();
    log.append(events);
    await this.clear();
    this.log = log;
    for (const name of tableNames) for (const row of rows[name]) this.table(name).set(row.sid, row);
    this.sequence = sequence;
    this.time = time;
  }

  damaged(detail: string): StoreUnavailable {
    return new StoreUnavailable('corrupt', `The state is damaged (${detail}).`);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** Called first, because it is the only part of a commit that can fail. */
  private append(events: readonly TaskRouterEvent[]): void {
    try {
      this.log.append(events);
    } catch (error) {
      this.failure = new StoreFailed(`Cannot store the state: ${(error as Error).message}`);
      throw this.failure;
    }
  }

  private table(name: TableName): Map<string, Entity> {
    return this.tables.get(name) as Map<string, Entity>;
  }

  private assertOpen(): void {
    if (this.closed) throw new StoreFailed('The store is closed.');
  }
}

function inSequence(rows: Iterable<Entity>): Entity[] {
  return [...rows].sort((one, other) => one.sequence - other.sequence);
}
