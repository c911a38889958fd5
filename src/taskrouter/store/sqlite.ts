import type Database from 'libsql';
import { type TableName, tableNames } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';
import { highestSequence } from './batch';
import {
  type EventCursors,
  type EventPosition,
  eventQuery,
  oldestEventQuery,
  storedEventColumns,
} from './event-query';
import { corrupt, failed } from './sqlite-database';
import {
  type CommitBatch,
  type EventQuery,
  type Rows,
  type Store,
  type StoreContents,
  StoreFailed,
  type StoreUnavailable,
} from './store';
import { readEntity, readEvent, type StoredEvent, type StoredRow, storedColumns } from './stored-row';
import { clearWrites, commitWrites, forgetWrites, replaceWrites, type WriteBatch } from './write-batch';
import type { Writer } from './writer';

interface SqliteStoreOptions {
  /** The connection for reading, to a database with the newest schema; the store closes it. */
  readonly database: Database.Database;
  /** Its path. */
  readonly file: string;
  /** Opens the writer. It starts while the rows are loaded. */
  readonly newWriter: (file: string) => Writer;
  /** Called after closing. */
  readonly release?: () => void;
  /** Gets a sentence about damage that the store can leave out. */
  readonly notify?: (message: string) => void;
}

/**
 * Keeps everything in one SQLite file; every commit is one transaction. Rows are JSON by sid, read whole at start;
 * events stay in the file and are queried there. One connection reads, the writer has another: with a write-ahead log,
 * neither waits for the other (https://www.sqlite.org/wal.html). `openDataDirectory` opens one.
 */
export class SqliteStore implements Store {
  private readonly database: Database.Database;
  private readonly file: string;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly writer: Writer;
  /** The highest one that was given to the writer. */
  private sequence: number;
  private closing: Promise<void> | null = null;
  private readonly damagedEvents = new Set<number>();
  private failure: StoreFailed | null = null;

  constructor(private readonly options: SqliteStoreOptions) {
    this.database = options.database;
    this.file = options.file;
    this.database.exec('PRAGMA query_only = ON');
    this.statements = prepare(this.database);
    this.sequence = this.storedSequence();
    this.writer = options.newWriter(this.file);
  }

  load(): { readonly rows: Rows; readonly sequence: number } {
    const rows = tableNames.map((name) => [name, this.loadTable(name)]);
    return { rows: Object.fromEntries(rows) as Rows, sequence: this.storedSequence() };
  }

  async commitBatch(batch: CommitBatch): Promise<void> {
    this.sequence = highestSequence(batch, this.sequence);
    await this.write(commitWrites(batch, this.sequence));
  }

  lastTime(): number | null {
    const [stored] = this.read(() => this.statements.time.all()) as { value: unknown }[];
    // The first releases did not store it.
    if (!stored) return null;
    if (!Number.isSafeInteger(stored.value)) throw this.damaged('the last time is not a number');
    return stored.value as number;
  }

  events(query: EventQuery): TaskRouterEvent[] {
    return this.read(() => {
      const cursors = this.cursors(query);
      if (!cursors) return [];
      const found = this.wholeEvents(query, cursors);
      return cursors.newerThan ? found.reverse() : found;
    });
  }

  event(sid: string): TaskRouterEvent | undefined {
    return this.read(() => this.whole(this.statements.event.all(sid) as StoredEvent[])[0]);
  }

  /** More are read in the place of damaged ones, because a short page is taken for the last one. */
  eventsAfter(sequence: number, limit: number): TaskRouterEvent[] {
    return this.read(() => {
      const events: TaskRouterEvent[] = [];
      for (let from = sequence; ; ) {
        const count = limit - events.length;
        const stored = this.statements.eventsAfter.all(from, count) as StoredEvent[];
        events.push(...this.whole(stored));
        const last = stored.at(-1);
        if (!last || stored.length < count || events.length === limit) return events;
        from = last.sequence;
      }
    });
  }

  damaged(detail: string): StoreUnavailable {
    return corrupt(this.file, detail);
  }

  oldestEvent(): number | null {
    const [oldest] = this.read(() => this.statements.oldestEvent.all()) as EventPosition[];
    return oldest?.date ?? null;
  }

  async forgetEvents(date: number): Promise<void> {
    await this.write(forgetWrites(date));
  }

  async clear(): Promise<void> {
    this.sequence = 0;
    await this.write(clearWrites());
  }

  async replace(contents: StoreContents): Promise<void> {
    this.sequence = contents.sequence;
    await this.write(replaceWrites(contents));
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    await this.writer.close();
    try {
      this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The log stays and is read at the next start.
    }
    this.database.close();
    this.options.release?.();
  }

  private loadTable(name: TableName) {
    const rows = this.read(() => this.statements.rows[name].all()) as StoredRow[];
    try {
      return rows.map((row) => readEntity(name, row));
    } catch (error) {
      throw this.damaged((error as Error).message);
    }
  }

  /** Damaged events are left out. More are read in their place, because a short page is taken for the last one. */
  private wholeEvents(query: EventQuery, cursors: EventCursors): TaskRouterEvent[] {
    const events: TaskRouterEvent[] = [];
    for (let from = cursors; ; ) {
      const limit = query.limit - events.length;
      const { text, values } = eventQuery({ ...query, limit }, from);
      const stored = this.database.prepare(text).all(...values) as StoredEvent[];
      events.push(...this.whole(stored));
      const last = stored.at(-1);
      if (!last || stored.length < limit || events.length === query.limit) return events;
      from = cursors.newerThan ? { ...cursors, newerThan: last } : { ...cursors, olderThan: last };
    }
  }

  /** Without the damaged ones, which are reported once (our choice: all other events stay readable). */
  private whole(stored: readonly StoredEvent[]): TaskRouterEvent[] {
    return stored.flatMap((row) => {
      const event = readEvent(row);
      if (event) return [event];
      if (!this.damagedEvents.has(row.sequence))
        this.options.notify?.(
          `${this.file}: the event with sequence ${row.sequence} is damaged and is left out.`,
        );
      this.damagedEvents.add(row.sequence);
      return [];
    });
  }

  /** Undefined if a cursor names an event that does not exist. */
  private cursors({ olderThan, newerThan }: EventQuery): EventCursors | undefined {
    const older = olderThan === undefined ? undefined : this.position(olderThan);
    const newer = newerThan === undefined ? undefined : this.position(newerThan);
    if ((olderThan !== undefined && !older) || (newerThan !== undefined && !newer)) return undefined;
    return { olderThan: older, newerThan: newer };
  }

  private position(sid: string): EventPosition | undefined {
    return this.statements.position.all(sid)[0] as EventPosition | undefined;
  }

  private storedSequence(): number {
    const [stored] = this.read(() => this.statements.sequence.all()) as { value: number | null }[];
    if (!Number.isSafeInteger(stored?.value)) throw this.damaged('the highest sequence is missing');
    return stored?.value as number;
  }

  private async write(batch: WriteBatch): Promise<void> {
    this.assertOpen();
    if (this.failure) throw this.failure;
    try {
      await this.writer.write(batch);
    } catch (error) {
      this.failure ??= failed(error, this.file);
      throw this.failure;
    }
  }

  private read<Result>(work: () => Result): Result {
    this.assertOpen();
    try {
      return work();
    } catch (error) {
      throw failed(error, this.file);
    }
  }

  /** libsql's prepared statements would still work on a closed database. */
  private assertOpen(): void {
    if (this.closing) throw new StoreFailed(`The store ${this.file} is closed.`);
  }
}

/** Null for a value of another type, which may not even be text (stored-row.ts). */
const storedNumber = (name: 'sequence' | 'time') =>
  `SELECT CASE typeof(value) WHEN 'integer' THEN value END AS value FROM meta WHERE name = '${name}'`;

function prepare(database: Database.Database) {
  const rows = tableNames.map((name) => [
    name,
    database.prepare(`SELECT ${storedColumns} FROM ${name} ORDER BY ${name}.sequence`),
  ]);
  return {
    rows: Object.fromEntries(rows) as Record<TableName, Database.Statement>,
    event: database.prepare(`SELECT ${storedEventColumns} FROM events WHERE sid = ?`),
    eventsAfter: database.prepare(
      `SELECT ${storedEventColumns} FROM events WHERE events.sequence > ? ORDER BY events.sequence LIMIT ?`,
    ),
    position: database.prepare(`SELECT ${storedEventColumns} FROM events WHERE sid = ?`),
    oldestEvent: database.prepare(oldestEventQuery),
    sequence: database.prepare(storedNumber('sequence')),
    time: database.prepare(storedNumber('time')),
  };
}
