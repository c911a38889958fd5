import { type EntryOutcome, entryOutcomeOfCallback } from '../../common/entry-outcome';
import type { CallbackOutcome, CallbackRecord } from '../webhooks/callback-record';
import type { CallbackKind } from '../webhooks/transport';
import { Log } from './log';
import { MaskedCallback, withShortBodies } from './masked-callback';

/** A callback as the log keeps it: secrets masked, long bodies truncated. */
export type CallbackEntry = MaskedCallback;

interface CallbackQuery {
  readonly taskSid?: string | undefined;
  readonly workerSid?: string | undefined;
  readonly callSid?: string | undefined;
  readonly kind?: CallbackKind | undefined;
  /** Whether it failed. */
  readonly outcome?: EntryOutcome | undefined;
  /** The outcome of the entry itself. */
  readonly callbackOutcome?: CallbackOutcome | undefined;
  readonly limit?: number | undefined;
}

/**
 * Every callback with its responses; in memory, the newest entries only. Voice requests have their own ring: a caller who
 * waits causes one every 30 seconds.
 */
export class CallbackLog extends Log<CallbackEntry> {
  add(record: CallbackRecord): CallbackEntry {
    const { secrets } = this;
    const entry = new MaskedCallback(this.nextId(), withShortBodies(record, secrets), secrets);
    return this.keep(entry, record.kind === 'voice');
  }

  /** Newest first. */
  list({ limit = Number.POSITIVE_INFINITY, ...query }: CallbackQuery = {}): CallbackEntry[] {
    return this.newest((entry) => matches(entry, query), limit);
  }
}

function matches(entry: CallbackEntry, query: CallbackQuery): boolean {
  const names = ['taskSid', 'workerSid', 'callSid', 'kind'] as const;
  return (
    names.every((name) => query[name] === undefined || entry[name] === query[name]) &&
    (query.callbackOutcome === undefined || entry.outcome === query.callbackOutcome) &&
    (query.outcome === undefined || entryOutcomeOfCallback(entry.outcome) === query.outcome)
  );
}
