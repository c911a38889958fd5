/** Writes bytes, then calls `done`, at once or later. An error means that they were not written. */
export interface Sink {
  write(bytes: Buffer, done: (error?: Error | null) => void): void;
  /** Whether a failed write means that every later one fails, too, as on a closed pipe. */
  readonly failsForGood: boolean;
}

/** The line that says how many lines were dropped before it. */
export type DroppedNotice = (lines: number) => string;

/** Our choice: the bytes of the log that wait for a slow reader, some 5,000 lines. */
const maxQueuedBytes = 1_048_576;
/**
 * Bytes of the log in one write. A pipe that reports itself writable takes as many without blocking, even if another
 * process that shares it has made it blocking: PIPE_BUF in https://man7.org/linux/man-pages/man7/pipe.7.html.
 */
const maxWriteBytes = 4096;

interface Entry {
  readonly bytes: Buffer;
  /** Results of commands are written at once, whatever their size. */
  readonly isResult: boolean;
  /** What counts as dropped if this is not written, and what the next notice must report then. */
  readonly lines: number;
  readonly reports: number;
}

const total = (entries: readonly Entry[], field: 'lines' | 'reports') =>
  entries.reduce((sum, entry) => sum + entry[field], 0);

/**
 * An output whose reader may be slow, stuck, or gone, without effect on the process. Results of commands wait as long as
 * it takes. Lines of the log wait within bounds; beyond them they are dropped and counted, and as soon as writing is
 * possible again, one line says how many. When the reader has gone, everything is dropped.
 */
export class BoundedOutput {
  /** The lines of the log that were dropped so far. */
  dropped = 0;
  private queue: Entry[] = [];
  private queuedBytes = 0;
  private unreported = 0;
  private isWriting = false;
  private isClosed = false;
  private noticeFor: DroppedNotice = (lines) => `${lines}\n`;
  private idleWaiters: (() => void)[] = [];

  constructor(
    private readonly sink: Sink,
    private readonly maxBytes: number = maxQueuedBytes,
  ) {}

  /** Writes a result of a command, completely. */
  write(text: string): void {
    if (!this.isClosed) this.add({ bytes: Buffer.from(text), isResult: true, lines: 0, reports: 0 });
  }

  /** Writes a line of the log, or drops it. */
  log(line: string, noticeFor: DroppedNotice): void {
    this.noticeFor = noticeFor;
    this.reportDropped();
    const bytes = Buffer.from(line);
    const fits = !this.isClosed && this.unreported === 0 && this.queuedBytes + bytes.length <= this.maxBytes;
    if (fits) this.add({ bytes, isResult: false, lines: 1, reports: 1 });
    else this.countDropped(1, 1);
  }

  /** Resolves when nothing waits to be written. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isWriting) this.idleWaiters.push(resolve);
      else resolve();
    });
  }

  private add(entry: Entry): void {
    this.queue.push(entry);
    this.queuedBytes += entry.bytes.length;
    this.writeNext();
  }

  private writeNext(): void {
    if (this.isWriting) return;
    if (this.queue.length === 0) {
      for (const resolve of this.idleWaiters.splice(0)) resolve();
      return;
    }
    const entries = this.takeEntries();
    this.isWriting = true;
    this.sink.write(Buffer.concat(entries.map(({ bytes }) => bytes)), (error) =>
      this.written(entries, error),
    );
  }

  /** Whole lines if they are short enough. */
  private takeEntries(): Entry[] {
    const [first] = this.queue as [Entry];
    if (!first.isResult && first.bytes.length > maxWriteBytes) return [this.takePart(first)];
    let count = 0;
    let bytes = 0;
    for (const entry of this.queue) {
      bytes += entry.bytes.length;
      if (count > 0 && (entry.isResult || bytes > maxWriteBytes)) break;
      count++;
      if (entry.isResult) break;
    }
    const entries = this.queue.splice(0, count);
    this.queuedBytes -= entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
    return entries;
  }

  private takePart(entry: Entry): Entry {
    this.queue[0] = { ...entry, bytes: entry.bytes.subarray(maxWriteBytes) };
    this.queuedBytes -= maxWriteBytes;
    return { ...entry, bytes: entry.bytes.subarray(0, maxWriteBytes), lines: 0, reports: 0 };
  }

  private written(entries: readonly Entry[], error?: Error | null): void {
    this.isWriting = false;
    if (error) {
      this.countDropped(total(entries, 'lines'), total(entries, 'reports'));
      if (this.sink.failsForGood) this.close();
    } else this.reportDropped();
    this.writeNext();
  }

  private close(): void {
    this.isClosed = true;
    this.countDropped(total(this.queue, 'lines'), total(this.queue, 'reports'));
    this.queue = [];
    this.queuedBytes = 0;
  }

  private countDropped(lines: number, reports: number): void {
    this.dropped += lines;
    this.unreported += reports;
  }

  /** Once half of the queue is free, so that a slow reader does not get a notice for each line. */
  private reportDropped(): void {
    if (this.unreported === 0 || this.isClosed || this.queuedBytes > this.maxBytes / 2) return;
    const reports = this.unreported;
    this.unreported = 0;
    this.add({ bytes: Buffer.from(this.noticeFor(reports)), isResult: false, lines: 0, reports });
  }
}
