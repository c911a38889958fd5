import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Migration, migrations as ourMigrations } from './migrations';
import { takeOwnership } from './owner';
import { migrate } from './schema';
import { SqliteStore } from './sqlite';
import { openDatabase, unavailable } from './sqlite-database';
import { StoreUnavailable } from './store';

/**
 * Opens the store in a data directory, for this process alone until it is closed. A missing directory is created, with
 * mode 0700, because tasks hold personal data of callers.
 * @throws StoreUnavailable with the reason; it never starts empty over old data
 */
export function openDataDirectory(
  path: string,
  migrations: readonly Migration[] = ourMigrations,
): SqliteStore {
  const directory = resolve(path);
  makeDirectory(directory);
  const release = takeOwnership(directory);
  try {
    return openStore(join(directory, 'taskrouter.db'), migrations, release);
  } catch (error) {
    release();
    throw error;
  }
}

function openStore(file: string, migrations: readonly Migration[], release: () => void): SqliteStore {
  const database = openDatabase(file);
  try {
    migrate(database, file, migrations);
    return new SqliteStore(database, file, release);
  } catch (error) {
    database.close();
    throw unavailable(error, file);
  }
}

function makeDirectory(directory: string): void {
  try {
    makeFolders(directory);
  } catch (error) {
    throw new StoreUnavailable(
      'unusable',
      `Cannot create the data directory ${directory} (${(error as Error).message}). Use another one: --data DIR.`,
    );
  }
}

/** Node's own recursive mkdir never returns below /proc, where the parent exists and mkdir still reports ENOENT. */
function makeFolders(directory: string): void {
  const parent = dirname(directory);
  if (existsSync(directory)) return;
  if (!existsSync(parent)) makeFolders(parent);
  mkdirSync(directory, { mode: 0o700 });
}
