import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import { connect } from '../../src/taskrouter/store/sqlite-database';
import { SqliteWriter } from '../../src/taskrouter/store/sqlite-writer';
import type { Writer } from '../../src/taskrouter/store/writer';

/** Writes on the calling thread, for tests of what is written: starting a thread would take longer than they do. */
export function inProcessWriter(file: string, database = connect(file)): Writer {
  const writer = new SqliteWriter(database);
  return {
    write: async (batch) => writer.write(batch),
    close: async () => {
      database.close();
    },
  };
}

/** A data directory whose store writes on this thread. */
export const openInProcess: typeof openDataDirectory = (directory, options) =>
  openDataDirectory(directory, { newWriter: inProcessWriter, ...options });
