import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { type TableName, type Tables, tableNames } from '../../src/taskrouter/model/entities';
import { entityFromText } from '../../src/taskrouter/store/entity-text';

export interface StoredEvent {
  readonly sequence: number;
  readonly sid: string;
  readonly type: string;
  readonly date: number;
  readonly resourceSid: string;
}

/** What is on the disk. */
export interface StoredState {
  readonly rows: { readonly [Name in TableName]: readonly Tables[Name][] };
  readonly sequence: number;
  /** In order of their sequence. */
  readonly events: readonly StoredEvent[];
}

/** The files of a data directory. */
export const databaseFile = (dataDirectory: string): string => path.join(dataDirectory, 'taskrouter.db');
export const logFile = (dataDirectory: string): string => `${databaseFile(dataDirectory)}-wal`;

/** Reads a copy, so that the files stay as the service left them. Nobody may write to them meanwhile. */
export function readStoredState(dataDirectory: string): StoredState {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-copy-'));
  try {
    for (const file of [databaseFile(dataDirectory), logFile(dataDirectory)])
      if (existsSync(file)) copyFileSync(file, path.join(folder, path.basename(file)));
    return readDatabase(databaseFile(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readDatabase(file: string): StoredState {
  const database = new Database(file);
  try {
    const all = <Row>(sql: string) => database.prepare(sql).all() as Row[];
    const rows = tableNames.map((name) => [
      name,
      all<{ body: string }>(`SELECT body FROM ${name} ORDER BY sequence`).map(({ body }) =>
        entityFromText(body),
      ),
    ]);
    const [stored] = all<{ value: number }>("SELECT value FROM meta WHERE name = 'sequence'");
    return {
      rows: Object.fromEntries(rows) as StoredState['rows'],
      sequence: stored?.value ?? 0,
      events: all<StoredEvent>(
        "SELECT sequence, sid, type, date, json_extract(body, '$.resourceSid') AS resourceSid FROM events ORDER BY sequence",
      ),
    };
  } finally {
    database.close();
  }
}
