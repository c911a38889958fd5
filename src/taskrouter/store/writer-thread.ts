import { parentPort, workerData } from 'node:worker_threads';
import { connect } from './sqlite-database';
import { SqliteWriter } from './sqlite-writer';
import type { WriteBatch } from './write-batch';

/** Why a batch could not be written. */
export interface WriteFailure {
  readonly message: string;
  /** SQLite's. */
  readonly code?: string | undefined;
}

// The thread that writes the store: each message is a batch, and each response says that it is durable or why it is not.
// After null, the thread ends.

const { file } = workerData as { readonly file: string };
const writer = new SqliteWriter(connect(file));

parentPort?.on('message', (batch: WriteBatch | null) => {
  if (batch) parentPort?.postMessage(failureOf(batch));
  else parentPort?.close();
});

/** Null if it was written. Errors are sent as plain objects: a copy of an error would not keep its `code`. */
function failureOf(batch: WriteBatch): WriteFailure | null {
  try {
    writer.write(batch);
    return null;
  } catch (error) {
    const { message, code } = error as WriteFailure;
    return { message, code };
  }
}
