import type Database from 'libsql';
import type { Migration } from './migrations';
import { applicationId, firstRow, inTransaction } from './sqlite-database';
import { StoreUnavailable } from './store';

/**
 * Upgrades a new or older database to the newest schema, with the missing migrations in one transaction.
 * @throws StoreUnavailable `newer` if its schema is newer than `migrations`
 */
export function migrate(database: Database.Database, file: string, migrations: readonly Migration[]): void {
  const version = schemaVersion(database);
  if (version > migrations.length) throw newer(database, file, version, migrations.length);
  if (version === migrations.length) return;
  inTransaction(database, () => {
    if (version === 0) begin(database);
    for (const { sql } of migrations.slice(version)) database.exec(sql);
    const note = database.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
    note.run('schema', migrations.length);
    note.run('release', migrations.at(-1)?.release);
  });
}

/** 0 for an empty database. */
function schemaVersion(database: Database.Database): number {
  if (!firstRow(database, 'SELECT 1 FROM sqlite_schema LIMIT 1')) return 0;
  return (
    firstRow<{ value: number }>(
      database,
      "SELECT CAST(value AS INTEGER) AS value FROM meta WHERE name = 'schema'",
    )?.value ?? 0
  );
}

function begin(database: Database.Database): void {
  database.exec(`PRAGMA application_id = ${applicationId}`);
  database.exec('CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL)');
  database.exec("INSERT INTO meta (name, value) VALUES ('sequence', 0)");
}

function newer(database: Database.Database, file: string, version: number, known: number): StoreUnavailable {
  const release = firstRow<{ value: string }>(
    database,
    "SELECT value FROM meta WHERE name = 'release' AND NOT value GLOB '*[^0-9A-Za-z.+-]*'",
  )?.value;
  return new StoreUnavailable(
    'newer',
    `${file} was written by a newer taskrouter-lifecycle (schema ${version}, this one knows ${known}). ` +
      `Use version ${release ?? 'that wrote it'} or later, or use another directory: --data DIR.`,
  );
}
