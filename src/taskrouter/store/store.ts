import type { Change } from '../model/changes';
import type { TableName, Tables } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';

/** All that was decided in one turn of the event loop; written as a whole or not at all. */
export interface CommitBatch {
  /** No date in the batch is later. Unix milliseconds. */
  readonly time: number;
  readonly changes: readonly Change[];
  readonly events: readonly TaskRouterEvent[];
}

/** All rows, each table in order of `sequence`. */
export type Rows = { readonly [Name in TableName]: readonly Tables[Name][] };

/** Everything that a store holds. */
export interface StoreContents {
  readonly rows: Rows;
  /** The highest sequence ever assigned. */
  readonly sequence: number;
  /** The time of the last batch, in Unix milliseconds. */
  readonly time: number;
  /** In ascending `sequence`. */
  readonly events: readonly TaskRouterEvent[];
}

/** A query of the Events API; undefined values do not filter. Dates are Unix milliseconds, inclusive. */
export interface EventQuery {
  readonly workspaceSid: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly type?: string | undefined;
  /** Any of these types. */
  readonly types?: readonly string[] | undefined;
  readonly sid?: string | undefined;
  /** Values that the event's `fields` must carry under these names, e.g. `{ TaskSid: 'WT…' }`. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Only events emitted before (`older`) or after (`newer`) the one with this sid: the cursor of paging. */
  readonly olderThan?: string | undefined;
  readonly newerThan?: string | undefined;
  readonly limit: number;
}

/**
 * Stores the state. Writes are carried out in the order in which they are called, and no response is sent before its
 * write has resolved. Reads are synchronous and find what is written.
 */
export interface Store {
  /**
   * All rows, and the highest sequence ever assigned, including deleted rows and events.
   * @throws StoreUnavailable if the stored data cannot be read
   */
  load(): { readonly rows: Rows; readonly sequence: number };
  /** The time of the last batch; null if there is none. The next run continues from it, whatever its clock shows. */
  lastTime(): number | null;
  /**
   * Writes a batch. Of several changes of one row only the last is kept. Events are in ascending `sequence`.
   * Resolves once it is durable.
   * @throws StoreFailed if nothing of it could be written; then nothing can be written any more
   */
  commitBatch(batch: CommitBatch): Promise<void>;
  /**
   * Newest first. With `newerThan` these are the events nearest to the cursor, still newest first.
   * An unknown cursor finds nothing.
   */
  events(query: EventQuery): TaskRouterEvent[];
  event(sid: string): TaskRouterEvent | undefined;
  /** The events of all workspaces after a sequence, oldest first; at most `limit`. */
  eventsAfter(sequence: number, limit: number): TaskRouterEvent[];
  /** The date of the oldest event in Unix milliseconds; null if there is none. */
  oldestEvent(): number | null;
  /** Deletes events before `date`. */
  forgetEvents(date: number): Promise<void>;
  /** Deletes everything, including the sequence and the last time. */
  clear(): Promise<void>;
  /** Replaces everything, as a whole or not at all. @throws StoreFailed as `commitBatch` does */
  replace(contents: StoreContents): Promise<void>;
  /** The error for rows that were loaded and cannot be used. @param detail names the row and what is wrong */
  damaged(detail: string): StoreUnavailable;
  /**
   * Waits for the writes in progress and releases all resources. Closing twice is harmless; any other use afterwards
   * throws StoreFailed.
   */
  close(): Promise<void>;
}

/**
 * The store cannot be opened; the message says why and what to do. `unusable` is any reason outside the store: a
 * directory that cannot be created or written, or a full disk.
 */
export class StoreUnavailable extends Error {
  constructor(
    readonly reason: 'locked' | 'newer' | 'corrupt' | 'unusable',
    message: string,
  ) {
    super(message);
    this.name = 'StoreUnavailable';
  }
}

/** The store failed while running; no more commands are acknowledged. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
}
