import type { Change } from '../model/changes';
import type { TableName, Tables } from '../model/entities';
import type { TaskRouterEvent } from '../model/events';

/** Everything one turn of the event loop decided; written whole or not at all. */
export interface CommitBatch {
  readonly changes: readonly Change[];
  readonly events: readonly TaskRouterEvent[];
}

/** All rows, each table in order of `sequence`. */
export type Rows = { readonly [Name in TableName]: readonly Tables[Name][] };

/** What the Events API can ask for; a value left out does not filter. Dates are unix milliseconds, ends included. */
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
 * Where state outlives the process. Synchronous on purpose: a commit is one transaction of one turn of the event
 * loop, and nothing may be answered before it has returned.
 */
export interface Store {
  /**
   * All rows and the highest sequence ever given, to go on from; deleted rows and forgotten events count too.
   * @throws StoreUnavailable when what is stored cannot be read.
   */
  load(): { readonly rows: Rows; readonly sequence: number };
  /**
   * Of several changes of one row only the last is kept. Events come in ascending `sequence`.
   * @throws StoreFailed when it could not be written: nothing of it was, and nothing can be written any more.
   */
  commitBatch(batch: CommitBatch): void;
  /**
   * Newest first, except with `newerThan`, where the ones nearest to the cursor are chosen (still newest first).
   * A cursor that is not known (any more) finds nothing.
   */
  events(query: EventQuery): TaskRouterEvent[];
  event(sid: string): TaskRouterEvent | undefined;
  /** Date of the oldest event, unix milliseconds; null when there is none. */
  oldestEvent(): number | null;
  /** Forgets events dated before `date`. */
  forgetEvents(date: number): void;
  /** Forgets everything, the sequence included: the store is as new. */
  clear(): void;
  /** Lets go of what the store holds; closing twice is harmless, anything else afterwards throws StoreFailed. */
  close(): void;
}

/**
 * The store cannot be opened: its message says who or what is in the way and what to do.
 * `unusable` is everything outside the store itself: a directory that cannot be made or written, a full disk.
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

/** The store broke while running; nothing more may be acknowledged. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
}
