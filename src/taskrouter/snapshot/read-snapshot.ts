import { Engine, UnusableRow } from '../engine/engine';
import { type Entity, type TableName, tableNames } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';
import { findContradiction } from '../store/contradictions';
import { entityFromStoredForm } from '../store/entity-text';
import { wrongEventField, wrongField } from '../store/row-fields';
import type { Rows, StoreContents } from '../store/store';
import { type SnapshotEnd, snapshotFormat, snapshotVersion } from './format';
import { neutralAccountSid, withAccountSid } from './neutral-account';
import { SnapshotRefused } from './snapshot-refused';

export interface Snapshot extends StoreContents {
  /** The earliest deadline in Unix milliseconds; null if there is none. */
  readonly nextDeadline: number | null;
}

/**
 * Reads and checks a snapshot, so that loading it cannot fail.
 * @param name of the file, for messages
 * @param accountSid of the service that will load it
 * @throws SnapshotRefused
 */
export function readSnapshot(text: string, name: string, accountSid: string): Snapshot {
  const reader = new SnapshotReader(name);
  const lines = withAccountSid(text, neutralAccountSid, accountSid).split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) reader.read(line);
  return reader.finish(accountSid);
}

type Document = Readonly<Record<string, unknown>>;

/** Reads the lines, one after the other. */
class SnapshotReader {
  private line = 0;
  private header: { readonly time: number; readonly sequence: number } | null = null;
  private hasEnded = false;
  private readonly rows = new Map<TableName, Map<string, Entity>>(
    tableNames.map((table) => [table, new Map()]),
  );
  private readonly events: TaskRouterEvent[] = [];
  private readonly eventSids = new Set<string>();

  constructor(private readonly name: string) {}

  read(text: string): void {
    this.line += 1;
    const document = this.parse(text);
    if (!this.header) this.header = this.readHeader(document);
    else if (this.hasEnded) throw this.damaged('there is more after the end');
    else if ('event' in document) this.addEvent(objectOf(document.event));
    else if ('table' in document) this.addRow(document.table, objectOf(document.row));
    else if ('end' in document) this.hasEnded = this.readEnd(objectOf(document.end) as Partial<SnapshotEnd>);
    else throw this.damaged('it is neither a row nor an event');
  }

  finish(accountSid: string): Snapshot {
    if (!this.header) throw this.foreign();
    if (!this.hasEnded) throw this.damaged('the file ends here, before the end of the snapshot');
    const rows = Object.fromEntries(
      [...this.rows].map(([table, bySid]) => [table, inSequence([...bySid.values()])]),
    ) as unknown as Rows;
    const { time, sequence } = this.header;
    const contradiction = findContradiction(rows, sequence);
    if (contradiction) throw this.refused(contradiction);
    return { rows, events: this.events, time, sequence, nextDeadline: this.use(rows, accountSid) };
  }

  /** @returns the earliest deadline */
  private use(rows: Rows, accountSid: string): number | null {
    const engine = new Engine({ accountSid, newSid: () => '' });
    try {
      engine.load(rows, this.header?.sequence ?? 0);
      return engine.nextDeadline();
    } catch (error) {
      throw error instanceof UnusableRow ? this.refused(error.message) : error;
    }
  }

  private parse(text: string): Document {
    try {
      return objectOf(JSON.parse(text));
    } catch {
      throw this.line === 1 ? this.foreign() : this.damaged('it is not a JSON object');
    }
  }

  private readHeader({ format, version, release, time, sequence }: Document) {
    if (format !== snapshotFormat || !Number.isSafeInteger(version)) throw this.foreign();
    if ((version as number) > snapshotVersion) throw this.newer(version as number, release);
    if ((version as number) < snapshotVersion) throw this.older(version as number, release);
    if (!Number.isSafeInteger(time)) throw this.damaged('time is not a number');
    if (!Number.isSafeInteger(sequence)) throw this.damaged('sequence is not a count');
    return { time: time as number, sequence: sequence as number };
  }

  private addRow(table: unknown, stored: Document): void {
    const rows = this.rows.get(table as TableName);
    if (!rows) throw this.damaged('there is no such table');
    const row = this.entity(table as TableName, stored);
    if (rows.has(row.sid)) throw this.damaged(`table ${table} has another row ${row.sid}`);
    rows.set(row.sid, row);
  }

  private entity(table: TableName, stored: Document): Entity {
    const name = `table ${table}, row ${stored.sid}`;
    try {
      const entity = entityFromStoredForm(stored);
      const wrong = wrongField(table, entity as unknown as Document);
      if (wrong === null) return entity;
      throw this.damaged(`${name}: ${wrong}`);
    } catch (error) {
      throw error instanceof SyntaxError ? this.damaged(`${name}: attributes are not JSON`) : error;
    }
  }

  private addEvent(stored: Document): void {
    const wrong = wrongEventField(stored);
    const event = stored as unknown as TaskRouterEvent;
    if (wrong !== null) throw this.damaged(`event ${event.sid}: ${wrong}`);
    const before = this.events.at(-1);
    const isInOrder = !before || (event.sequence > before.sequence && event.date >= before.date);
    if (!isInOrder || event.sequence > (this.header?.sequence ?? 0) || this.eventSids.has(event.sid))
      throw this.damaged(`event ${event.sid} is there twice or not in order`);
    this.events.push(event);
    this.eventSids.add(event.sid);
  }

  private readEnd({ rows, events }: Partial<SnapshotEnd>): true {
    for (const [table, { size }] of this.rows)
      if (rows?.[table] !== size)
        throw this.damaged(`table ${table} was saved with ${rows?.[table]} rows, and has ${size} here`);
    if (events !== this.events.length)
      throw this.damaged(`${events} events were saved, and ${this.events.length} are here`);
    return true;
  }

  private damaged(detail: string): SnapshotRefused {
    return this.refused(`line ${this.line}: ${detail}`);
  }

  private refused(detail: string): SnapshotRefused {
    return new SnapshotRefused(
      `${this.name} is damaged (${detail}). Nothing was changed. Use another copy, or save the snapshot again.`,
    );
  }

  private foreign(): SnapshotRefused {
    return new SnapshotRefused(
      `${this.name} is not a snapshot: its first line is not the header that "npx taskrouter snapshot save" writes.`,
    );
  }

  private newer(version: number, release: unknown): SnapshotRefused {
    return new SnapshotRefused(
      `${this.name} was saved by a newer taskrouter-lifecycle (snapshot version ${version}, this one knows ${snapshotVersion}). ` +
        `Load it with version ${releaseName(release)} or later.`,
    );
  }

  private older(version: number, release: unknown): SnapshotRefused {
    return new SnapshotRefused(
      `${this.name} was saved by an older taskrouter-lifecycle (snapshot version ${version}, this one reads ${snapshotVersion}). ` +
        `Load it into a data directory with version ${releaseName(release)}, start this version on the directory once, and save it again.`,
    );
  }
}

/** The file is not trusted: only a text that can be a release is repeated. */
const releaseName = (release: unknown) =>
  typeof release === 'string' && /^[\w.+-]{1,30}$/.test(release) ? release : 'that saved it';

/** The value, which may be anything, without fields if it is not an object. */
const objectOf = (value: unknown): Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : {};

const inSequence = (rows: Entity[]) => rows.sort((one, other) => one.sequence - other.sequence);
