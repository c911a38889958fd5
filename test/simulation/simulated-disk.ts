import type { Entity, TableName } from '../../src/taskrouter/model/entities';
import { tableNames } from '../../src/taskrouter/model/entities';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { highestSequence, lastChanges } from '../../src/taskrouter/store/batch';
import { entityFromText, entityToText } from '../../src/taskrouter/store/entity-text';
import { MemoryEvents } from '../../src/taskrouter/store/memory-events';
import {
  type CommitBatch,
  type EventQuery,
  type Rows,
  type Store,
  StoreFailed,
  StoreUnavailable,
} from '../../src/taskrouter/store/store';

/** How a write goes. `slow` takes time before it is durable, `late` between that and its acknowledgment. */
export type WriteFate = 'prompt' | 'slow' | 'late' | 'failed' | 'full';

/** What outlives every process: the rows and events that were written as a whole. */
export class SimulatedDisk {
  private readonly tables = new Map<TableName, Map<string, Entity>>(
    tableNames.map((name) => [name, new Map()]),
  );
  readonly events = new MemoryEvents();
  sequence = 0;
  /** Of the last write, in Unix milliseconds; null before the first. */
  time: number | null = null;
  private newestDate = 0;

  find(table: TableName, sid: string): Entity | undefined {
    return this.tables.get(table)?.get(sid);
  }

  count(table: TableName): number {
    return this.tables.get(table)?.size ?? 0;
  }

  write(batch: CommitBatch): void {
    this.events.append(batch.events);
    this.newestDate = batch.events.at(-1)?.date ?? this.newestDate;
    for (const { table, sid, after } of lastChanges(batch)) {
      if (after) this.tables.get(table)?.set(sid, after);
      else this.tables.get(table)?.delete(sid);
    }
    this.sequence = highestSequence(batch, this.sequence);
    this.time = batch.time;
  }

  /** Makes room: nobody reads what is older than a minute. */
  forgetOldEvents(): void {
    this.events.forget(this.newestDate - 60_000);
  }

  /** Copies, as the next process reads them. */
  rows(): Rows {
    const rows = tableNames.map((name) => {
      const table = [...(this.tables.get(name)?.values() ?? [])];
      return [
        name,
        table
          .sort((one, other) => one.sequence - other.sequence)
          .map((row) => entityFromText(entityToText(row))),
      ];
    });
    return Object.fromEntries(rows) as Rows;
  }
}

export interface SimulatedStoreOptions {
  readonly disk: SimulatedDisk;
  /** Decides how the next write goes. */
  readonly fate: () => WriteFate;
  /** Milliseconds that a slow or late write takes. */
  readonly delay: () => number;
  readonly after: (milliseconds: number, fire: () => void) => unknown;
  /** Called for each write. */
  readonly onWrite: (fate: WriteFate) => void;
}

/** The store of one process on the disk. Once the process has ended, it writes and returns nothing more. */
export class SimulatedStore implements Store {
  private hasEnded = false;
  private failure: StoreFailed | null = null;
  private waits = 0;

  constructor(protected readonly options: SimulatedStoreOptions) {}

  /** The process ends, wherever it is. A write in progress is lost. */
  end(): void {
    this.hasEnded = true;
  }

  /** Whether a write takes its time. */
  get isWriting(): boolean {
    return this.waits > 0;
  }

  load(): { readonly rows: Rows; readonly sequence: number } {
    const { disk } = this.options;
    return { rows: disk.rows(), sequence: disk.sequence };
  }

  lastTime(): number | null {
    return this.options.disk.time;
  }

  async commitBatch(batch: CommitBatch): Promise<void> {
    if (this.hasEnded) return never();
    if (this.failure) throw this.failure;
    const fate = this.options.fate();
    this.options.onWrite(fate);
    if (fate === 'failed') throw this.failed('input/output error');
    if (fate === 'full') throw this.failed('the disk is full');
    if (fate === 'slow') await this.wait();
    this.options.disk.write(batch);
    if (fate === 'late') await this.wait();
  }

  events(query: EventQuery): TaskRouterEvent[] {
    return this.options.disk.events.query(query);
  }

  event(sid: string): TaskRouterEvent | undefined {
    return this.options.disk.events.get(sid);
  }

  eventsAfter(sequence: number, limit: number): TaskRouterEvent[] {
    return this.options.disk.events.after(sequence, limit);
  }

  oldestEvent(): number | null {
    return this.options.disk.events.oldest?.date ?? null;
  }

  async forgetEvents(date: number): Promise<void> {
    if (!this.hasEnded) this.options.disk.events.forget(date);
  }

  async clear(): Promise<void> {
    throw new Error('The simulation never clears its state.');
  }

  async replace(): Promise<void> {
    throw new Error('The simulation never replaces its state.');
  }

  damaged(detail: string): StoreUnavailable {
    return new StoreUnavailable('corrupt', `The simulated disk is damaged (${detail}).`);
  }

  async close(): Promise<void> {
    this.end();
  }

  private wait(): Promise<void> {
    this.waits++;
    return new Promise((resolve) => {
      this.options.after(this.options.delay(), () => {
        this.waits--;
        if (!this.hasEnded) resolve();
      });
    });
  }

  private failed(reason: string): StoreFailed {
    this.failure = new StoreFailed(`The simulated disk failed: ${reason}`);
    return this.failure;
  }
}

/** What a process that has ended waits for. */
const never = () => new Promise<never>(() => undefined);
