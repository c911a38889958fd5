import type Database from 'libsql';
import { type TableName, tableNames } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';
import { highestSequence, lastChanges } from './batch';
import { entityToText } from './entity-text';
import {
  type EventCursors,
  type EventPosition,
  eventQuery,
  indexedFields,
  indexedValues,
  storedEventColumns,
} from './event-query';
import { corrupt, failed, inTransaction } from './sqlite-database';
import {
  type CommitBatch,
  type EventQuery,
  type Rows,
  type Store,
  StoreFailed,
  type StoreUnavailable,
} from './store';
import { readEntity, readEvent, type StoredRow, storedColumns } from './stored-row';

type StoredEvent = EventPosition & Pick<StoredRow, 'body'>;

/**
 * Keeps everything in one SQLite file; every commit is one transaction. Rows are JSON by sid, read whole at start;
 * events stay in the file and are queried there. `openDataDirectory` opens one.
 */
export class SqliteStore implements Store {
  private readonly statements: ReturnType<typeof prepare>;
  private sequence: number;
  private closed = false;
  private readonly damagedEvents = new Set<number>();
  private failure: StoreFailed | null = null;

  /**
   * @param database with the newest schema; the store closes it
   * @param file its path, for messages
   * @param release called after closing
   * @param notify gets a sentence about damage that the store can leave out
   */
  constructor(
    private readonly database: Database.Database,
    private readonly file: string,
    private readonly release: () => void = () => undefined,
    private readonly notify: (message: string) => void = () => undefined,
  ) {
    this.statements = prepare(database);
    this.sequence = this.storedSequence();
  }

  load(): { readonly rows: Rows; readonly sequence: number } {
    const rows = tableNames.map((name) => [name, this.loadTable(name)]);
    return { rows: Object.fromEntries(rows) as Rows, sequence: this.sequence };
  }

  async commitBatch(batch: CommitBatch): Promise<void> {
    const sequence = highestSequence(batch, this.sequence);
    this.write(() => {
      for (const { table, sid, after } of lastChanges(batch)) {
        const { put, remove } = this.statements.tables[table];
        if (after) put.run(sid, after.sequence, entityToText(after));
        else remove.run(sid);
      }
      for (const event of batch.events) this.statements.append.run(...toRow(event));
      if (sequence !== this.sequence) this.statements.setSequence.run(sequence);
      this.statements.setTime.run(batch.time);
    });
    this.sequence = sequence;
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

  damaged(detail: string): StoreUnavailable {
    return corrupt(this.file, detail);
  }

  oldestEvent(): number | null {
    const [oldest] = this.read(() => this.statements.oldestEvent.all()) as EventPosition[];
    return oldest?.date ?? null;
  }

  async forgetEvents(date: number): Promise<void> {
    this.write(() => this.statements.forgetEvents.run(date));
  }

  async clear(): Promise<void> {
    this.write(() => {
      for (const name of tableNames) this.database.exec(`DELETE FROM ${name}`);
      this.database.exec('DELETE FROM events');
      this.statements.setSequence.run(0);
      this.statements.forgetTime.run();
    });
    this.sequence = 0;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    try {
      this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The log stays and is read at the next start.
    }
    this.database.close();
    this.release();
  }

  private loadTable(name: TableName) {
    const rows = this.read(() => this.statements.tables[name].all.all()) as StoredRow[];
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
        this.notify(`${this.file}: the event with sequence ${row.sequence} is damaged and is left out.`);
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
    const [stored] = this.statements.sequence.all() as { value: number | null }[];
    if (!Number.isSafeInteger(stored?.value)) throw this.damaged('the highest sequence is missing');
    return stored?.value as number;
  }

  private write(work: () => unknown): void {
    if (this.failure) throw this.failure;
    try {
      this.read(() => inTransaction(this.database, work));
    } catch (error) {
      this.failure = error as StoreFailed;
      throw error;
    }
  }

  /** Refuses a closed store: libsql's prepared statements would still work on a closed database. */
  private read<Result>(work: () => Result): Result {
    if (this.closed) throw new StoreFailed(`The store ${this.file} is closed.`);
    try {
      return work();
    } catch (error) {
      throw failed(error, this.file);
    }
  }
}

const eventColumns = ['sequence', 'sid', 'workspace_sid', 'type', 'date', 'body'].concat(
  indexedFields.map(({ column }) => column),
);

/** Null for a value of another type, which may not even be text (stored-row.ts). */
const storedNumber = (name: 'sequence' | 'time') =>
  `SELECT CASE typeof(value) WHEN 'integer' THEN value END AS value FROM meta WHERE name = '${name}'`;

function prepare(database: Database.Database) {
  const tables = tableNames.map((name) => [
    name,
    {
      all: database.prepare(`SELECT ${storedColumns} FROM ${name} ORDER BY ${name}.sequence`),
      put: database.prepare(
        `INSERT INTO ${name} (sid, sequence, body) VALUES (?, ?, ?)
         ON CONFLICT (sid) DO UPDATE SET sequence = excluded.sequence, body = excluded.body`,
      ),
      remove: database.prepare(`DELETE FROM ${name} WHERE sid = ?`),
    },
  ]);
  return {
    tables: Object.fromEntries(tables) as Record<
      TableName,
      Record<'all' | 'put' | 'remove', Database.Statement>
    >,
    append: database.prepare(
      `INSERT INTO events (${eventColumns.join(', ')}) VALUES (${eventColumns.map(() => '?').join(', ')})`,
    ),
    event: database.prepare(`SELECT ${storedEventColumns} FROM events WHERE sid = ?`),
    position: database.prepare(`SELECT ${storedEventColumns} FROM events WHERE sid = ?`),
    oldestEvent: database.prepare(`SELECT ${storedEventColumns} FROM events ORDER BY sequence LIMIT 1`),
    // Dates never decrease along the sequence: this reads only the events to be deleted and the next one.
    forgetEvents: database.prepare(
      `DELETE FROM events WHERE sequence < coalesce(
         (SELECT sequence FROM events WHERE date >= ? ORDER BY sequence LIMIT 1), 9007199254740991)`,
    ),
    sequence: database.prepare(storedNumber('sequence')),
    setSequence: database.prepare("UPDATE meta SET value = ? WHERE name = 'sequence'"),
    time: database.prepare(storedNumber('time')),
    setTime: database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('time', ?)"),
    forgetTime: database.prepare("DELETE FROM meta WHERE name = 'time'"),
  };
}

/** An event's values in order of `eventColumns`. */
function toRow(event: TaskRouterEvent): (string | number | null)[] {
  const { sequence, sid, workspaceSid, type, date } = event;
  return [sequence, sid, workspaceSid, type, date, JSON.stringify(event), ...indexedValues(event)];
}
