import type Database from 'libsql';
import { type TableName, tableNames } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';
import { highestSequence, lastChanges } from './batch';
import { entityFromText, entityToText } from './entity-text';
import {
  type EventCursors,
  type EventPosition,
  eventQuery,
  indexedFields,
  indexedValues,
} from './event-query';
import { corrupt, inTransaction } from './sqlite-database';
import { type CommitBatch, type EventQuery, type Rows, type Store, StoreFailed } from './store';

interface Body {
  readonly body: string;
}

/**
 * Keeps everything in one SQLite file; every commit is one transaction. Rows are JSON by sid, read whole at start;
 * events stay in the file and are queried there. `openDataDirectory` opens one.
 */
export class SqliteStore implements Store {
  private readonly statements: ReturnType<typeof prepare>;
  private sequence: number;
  private closed = false;
  private failure: StoreFailed | null = null;

  /**
   * @param database with the newest schema; the store closes it
   * @param file its path, for messages
   * @param release called after closing
   */
  constructor(
    private readonly database: Database.Database,
    private readonly file: string,
    private readonly release: () => void = () => undefined,
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
    if (!Number.isSafeInteger(stored.value)) throw corrupt(this.file, 'the last time is not a number');
    return stored.value as number;
  }

  events(query: EventQuery): TaskRouterEvent[] {
    return this.read(() => {
      const cursors = this.cursors(query);
      if (!cursors) return [];
      const { text, values } = eventQuery(query, cursors);
      const found = this.database
        .prepare(text)
        .all(...values)
        .map(toEvent);
      return cursors.newerThan ? found.reverse() : found;
    });
  }

  event(sid: string): TaskRouterEvent | undefined {
    return this.read(() => this.statements.event.all(sid).map(toEvent)[0]);
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
    const rows = this.read(() => this.statements.tables[name].all.all()) as Body[];
    try {
      return rows.map(({ body }) => entityFromText(body));
    } catch (error) {
      throw corrupt(this.file, `table ${name}: ${(error as Error).message}`);
    }
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
    const [stored] = this.statements.sequence.all() as { value: number }[];
    if (!stored) throw corrupt(this.file, 'the highest sequence is missing');
    return stored.value;
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
      throw new StoreFailed(`The store ${this.file} failed: ${(error as Error).message}`, { cause: error });
    }
  }
}

const eventColumns = ['sequence', 'sid', 'workspace_sid', 'type', 'date', 'body'].concat(
  indexedFields.map(({ column }) => column),
);

function prepare(database: Database.Database) {
  const tables = tableNames.map((name) => [
    name,
    {
      all: database.prepare(`SELECT body FROM ${name} ORDER BY sequence`),
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
    event: database.prepare('SELECT body FROM events WHERE sid = ?'),
    position: database.prepare('SELECT date, sequence FROM events WHERE sid = ?'),
    oldestEvent: database.prepare('SELECT date FROM events ORDER BY sequence LIMIT 1'),
    // Dates never decrease along the sequence: this reads only the events to be deleted and the next one.
    forgetEvents: database.prepare(
      `DELETE FROM events WHERE sequence < coalesce(
         (SELECT sequence FROM events WHERE date >= ? ORDER BY sequence LIMIT 1), 9007199254740991)`,
    ),
    sequence: database.prepare("SELECT value FROM meta WHERE name = 'sequence'"),
    setSequence: database.prepare("UPDATE meta SET value = ? WHERE name = 'sequence'"),
    time: database.prepare("SELECT value FROM meta WHERE name = 'time'"),
    setTime: database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('time', ?)"),
    forgetTime: database.prepare("DELETE FROM meta WHERE name = 'time'"),
  };
}

/** An event's values in order of `eventColumns`. */
function toRow(event: TaskRouterEvent): (string | number | null)[] {
  const { sequence, sid, workspaceSid, type, date } = event;
  return [sequence, sid, workspaceSid, type, date, JSON.stringify(event), ...indexedValues(event)];
}

function toEvent(row: unknown): TaskRouterEvent {
  return JSON.parse((row as Body).body);
}
