import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Journal, JournalEntry } from '../inspector/journal';
import { type JournalQuery, matchesJournal } from '../inspector/journal-query';
import type { ServerSentEvents } from './server-sent-events';

export interface JournalStreamOptions {
  readonly journal: Journal;
  readonly query: JournalQuery;
  /** Names this run of the service, so that an id of an earlier one is not taken for one of ours. */
  readonly run: string;
}

/** Our choice: how many entries are formatted before anything else gets its turn. */
const batch = 100;

/**
 * One reader's way through the journal. The journal itself is the buffer: who reads slowly is sent less at a time, and
 * who falls so far behind that entries were forgotten meanwhile is told so and begins again.
 */
export class JournalStream {
  /** The last entry that was sent or passed over. */
  private position = 0;
  /** What was forgotten before the reader came is no loss. */
  private begunAt = 0;
  private isSending = false;
  private readonly stops: (() => void)[];

  /** @param lastId what the reader has already, as the stream told it; undefined for nothing */
  constructor(
    private readonly events: Pick<ServerSentEvents, 'send' | 'taken' | 'isOpen'>,
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
    this.events.send('begin', { run: this.options.run, resumed: position !== null });
  }

  private resumable(lastId: string | undefined): number | null {
    const [, run, number] = /^(.+)-(\d{1,15})$/.exec(lastId ?? '') ?? [];
    const id = Number(number);
    return run === this.options.run && this.options.journal.isCompleteSince(id) ? id : null;
  }

  /** Entries of one turn go out together. */
  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    do {
      await nextTurn();
      this.sendBatch();
      await this.events.taken();
    } while (this.events.isOpen && this.options.journal.since(this.position).length > 0);
    this.isSending = false;
  }

  private sendBatch(): void {
    const { journal } = this.options;
    if (!journal.isCompleteSince(Math.max(this.position, this.begunAt))) this.begin(null);
    for (const one of journal.since(this.position).slice(0, batch)) {
      this.position = one.entry.id;
      this.sendOne(one);
    }
  }

  private sendOne(one: JournalEntry): void {
    const { journal, query, run } = this.options;
    if (matchesJournal(one, query)) this.events.send(one.type, journal.toJson(one), `${run}-${one.entry.id}`);
  }
}
