import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ignoredBytes } from './log-tail';
import { type Migration, migrations as ourMigrations } from './migrations';
import { takeOwnership } from './owner';
import { permissionWarning } from './permissions';
import { migrate } from './schema';
import { SqliteStore } from './sqlite';
import { isDiskFull, openDatabase, unavailable } from './sqlite-database';
import { StoreUnavailable } from './store';
import { type Writer, WriterThread } from './writer';

interface DataDirectoryOptions {
  readonly migrations?: readonly Migration[];
  /** Gets a sentence for the user about what is wrong and does not keep the store from opening. */
  readonly notify?: (message: string) => void;
  /** Default: a thread of its own. */
  readonly newWriter?: (file: string) => Writer;
}

/**
 * Opens the store in a data directory, for this process alone until it is closed. A missing directory is created, with
 * mode 0700, because tasks hold personal data of callers.
 * @throws StoreUnavailable with the reason; it never starts empty over old data
 */
export function openDataDirectory(
  path: string,
  {
    migrations = ourMigrations,
    notify = () => undefined,
    newWriter = (file) => new WriterThread(file),
  }: DataDirectoryOptions = {},
): SqliteStore {
  const directory = resolve(path);
  makeDirectory(directory);
  const release = takeOwnership(directory);
  try {
    const warning = permissionWarning(directory);
    if (warning) notify(warning);
    return openStore(join(directory, 'taskrouter.db'), { migrations, notify, newWriter }, release);
  } catch (error) {
    release();
    throw error;
  }
}

function openStore(
  file: string,
  { migrations, notify, newWriter }: Required<DataDirectoryOptions>,
  release: () => void,
): SqliteStore {
  // Opening the database removes the bytes.
  const ignored = ignoredBytes(`${file}-wal`);
  const database = openDatabase(file);
  try {
    migrate(database, file, migrations);
    if (ignored > 0) notify(incompleteLog(file, ignored));
    return new SqliteStore({ database, file, newWriter, release, notify });
  } catch (error) {
    database.close();
    throw unavailable(error, file);
  }
}

const incompleteLog = (file: string, bytes: number) =>
  `The last ${bytes} bytes of the log ${file}-wal were incomplete and were ignored. This is normal after the process or ` +
  'the computer was stopped during a write. If the file was copied, cut, or damaged, the last changes are missing.';

function makeDirectory(directory: string): void {
  try {
    makeFolders(directory);
  } catch (error) {
    if (isDiskFull(error, directory)) throw unavailable(error, directory);
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
