import type { Entity, TableName } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';
import { entityFromText } from './entity-text';
import type { EventPosition } from './event-query';
import { wrongEventField, wrongField } from './row-fields';

/**
 * A row as it is selected: texts as bytes, because libsql ends the process at text that is not UTF-8. SQLite does not
 * check the encoding, and its columns take values of any type.
 */
export interface StoredRow {
  /** Null if it has other characters than sids have. */
  readonly sid: string | null;
  readonly sequence: number;
  readonly body: ArrayBuffer | null;
  /** SQLite's own number of the row, by which a row without a sid can be found. */
  readonly rowid: number;
}

/** The columns of a StoredRow. */
export const storedColumns =
  "CASE WHEN sid NOT GLOB '*[^0-9A-Za-z.]*' THEN CAST(sid AS TEXT) END AS sid, " +
  'CAST(sequence AS INTEGER) AS sequence, CAST(body AS BLOB) AS body, rowid';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws RowDamaged with the table, the sid, and what is wrong */
export function readEntity(table: TableName, { sid, sequence, body, rowid }: StoredRow): Entity {
  const name = `table ${table}, row ${sid ?? `with rowid ${rowid}`}`;
  const entity = parsed(name, () => entityFromText(utf8.decode(body ?? undefined)));
  const wrong = wrongField(table, entity as unknown as Record<string, unknown>);
  if (wrong) throw new RowDamaged(`${name}: ${wrong}`);
  if (sid !== entity.sid) throw new RowDamaged(`${name}: the sid in it is another one`);
  if (sequence !== entity.sequence) throw new RowDamaged(`${name}: the sequence in it is another one`);
  return entity;
}

/** An event as it is selected (`storedEventColumns`): its position as numbers, the rest as bytes. */
export interface StoredEvent extends EventPosition {
  readonly sid: ArrayBuffer | null;
  readonly workspace_sid: ArrayBuffer | null;
  readonly type: ArrayBuffer | null;
  /** What no column has. In the first releases, all of the event. */
  readonly body: ArrayBuffer | null;
}

/** Null if the row is damaged. */
export function readEvent({
  sid,
  workspace_sid,
  type,
  date,
  sequence,
  body,
}: StoredEvent): TaskRouterEvent | null {
  const text = (bytes: ArrayBuffer | null) => utf8.decode(bytes ?? undefined);
  try {
    const event = {
      ...JSON.parse(text(body)),
      sid: text(sid),
      workspaceSid: text(workspace_sid),
      type: text(type),
      date,
      sequence,
    };
    return wrongEventField(event) === null ? (event as TaskRouterEvent) : null;
  } catch {
    return null;
  }
}

/** The message names the row. */
class RowDamaged extends Error {
  override readonly name = 'RowDamaged';
}

function parsed(name: string, read: () => Entity): Entity {
  try {
    const entity = read();
    if (typeof entity === 'object' && entity !== null && !Array.isArray(entity)) return entity;
  } catch (error) {
    const isEncoding = (error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    throw new RowDamaged(`${name}: ${isEncoding ? 'the text is not UTF-8' : (error as Error).message}`);
  }
  throw new RowDamaged(`${name}: it is not a JSON object`);
}
