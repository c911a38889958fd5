import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Journal, JournalEntry } from '../inspector/journal';
import { type JournalQuery, matchesJournal } from '../inspector/journal-query';
import type { ServerSentEvents } from './server-sent-events';

interface JournalStreamOptions {
  readonly journal: Journal;
  readonly query: JournalQuery;
  /** Only these entries are sent. */
  readonly types: readonly string[];
  /** Identifies this run of the service, so that IDs of earlier runs are not mistaken for IDs of this one. */
  readonly run: string;
  /** The time of TaskRouter's clock, in Unix milliseconds. */
  readonly now: () => number;
}

/** Our choice: how many entries are formatted before the event loop continues with other work. */
const batchSize = 100;

/**
 * The position of one reader in the journal. The journal itself is the buffer, so slow readers need no other one. If a
 * reader falls so far behind that unread entries were deleted, the stream begins again and says so.
 */
export class JournalStream {
  /** The ID of the last entry that was sent or skipped. */
  private position = 0;
  /** Entries that were deleted before this ID are not missing from the stream. */
  private begunAt = 0;
  private isSending = false;
  private readonly stops: (() => void)[];

  /** @param lastId the ID of the last entry that the reader has, as sent by the stream; undefined if it has none */
  constructor(
    private readonly events: Pick<ServerSentEvents, 'send' | 'drained' | 'isOpen'>,
    private readonly options: JournalStreamOptions,
    lastId: string | undefined,
  ) {
    const { journal } = options;
    this.begin(this.resumable(lastId));
    this.stops = [journal.onEntry(() => void this.send()), journal.onClear(() => events.send('cleared', {}))];
    void this.send();
  }

  stop(): void {
    for (const stop of this.stops) stop();
  }

  private begin(position: number | null): void {
    this.position = position ?? 0;
    this.begunAt = position ?? this.options.journal.lastId;
    const { run, now } = this.options;
    this.events.send('begin', { run, resumed: position !== null, date_ms: now() });
  }

  private resumable(lastId: string | undefined): number | null {
    const [, run, number] = /^(.+)-(\d{1,15})$/.exec(lastId ?? '') ?? [];
    const id = Number(number);
    return run === this.options.run && this.options.journal.isCompleteSince(id) ? id : null;
  }

  /** Sends all entries of one turn of the event loop together. */
  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    do {
      await nextTurn();
      this.sendBatch();
      await this.events.drained();
    } while (this.events.isOpen && this.options.journal.since(this.position).length > 0);
    this.isSending = false;
  }

  private sendBatch(): void {
    const { journal } = this.options;
    if (!journal.isCompleteSince(Math.max(this.position, this.begunAt))) this.begin(null);
    for (const one of journal.since(this.position).slice(0, batchSize)) {
      this.position = one.entry.id;
      this.sendOne(one);
    }
  }

  private sendOne(one: JournalEntry): void {
    const { journal, query, types, run } = this.options;
    if (types.includes(one.type) && matchesJournal(one, query))
      this.events.send(one.type, journal.toJson(one), `${run}-${one.entry.id}`);
  }
}
