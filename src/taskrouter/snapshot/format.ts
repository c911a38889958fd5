import type { TableName } from '../model/entities';
import { migrations } from '../store/migrations';

/**
 * A snapshot is text with one JSON document on each line (https://jsonlines.org): a header, one line for each row and
 * event, and an end, which a file that was cut off does not have. Our choice: a large state is then written and sent
 * without being one text, and a difference between two snapshots is a difference between lines.
 */
export const snapshotFormat = 'taskrouter-lifecycle snapshot';

/** The version of the format is that of the stored rows, which it contains. */
export const snapshotVersion = migrations.length;

/** The first release that can read this version. */
export const snapshotRelease = migrations.at(-1)?.release ?? '';

export interface SnapshotHeader {
  readonly format: string;
  readonly version: number;
  readonly release: string;
  /** When it was saved, by the clock of the service: Unix milliseconds, and in ISO 8601 for people. */
  readonly time: number;
  readonly date: string;
  /** The highest sequence ever assigned. */
  readonly sequence: number;
}

export interface SnapshotEnd {
  readonly rows: Readonly<Record<TableName, number>>;
  readonly events: number;
  /** How many secrets are masked. */
  readonly masked: number;
}
