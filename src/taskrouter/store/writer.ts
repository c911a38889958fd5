import { Worker } from 'node:worker_threads';
import type { WriteBatch } from './write-batch';
import type { WriteFailure } from './writer-thread';
import program from './writer-thread?thread';

/** Writes one batch after the other, in the order of the calls. */
export interface Writer {
  /** Resolves once the batch is durable. @throws Error, with the `code` of SQLite if it has one */
  write(batch: WriteBatch): Promise<void>;
  /** Waits for the writes in progress and releases everything. */
  close(): Promise<void>;
}

interface WaitingWrite {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes on a thread of its own, so that the event loop goes on while SQLite waits for the disk. The thread has its own
 * connection to the file and ends with the process. It keeps the process alive only while it writes.
 */
export class WriterThread implements Writer {
  private readonly thread: Worker;
  private readonly exited: Promise<void>;
  private readonly waiting: WaitingWrite[] = [];
  private lastWrite: Promise<void> = Promise.resolve();
  private end: Error | null = null;

  /** @param file the database, which exists and has the newest schema */
  constructor(file: string) {
    this.thread = new Worker(withOwnRequire(program), { eval: true, workerData: { file } });
    this.thread.unref();
    this.thread.on('message', (failure: WriteFailure | null) => this.settle(failure));
    this.thread.on('error', (error) => this.ended(error));
    this.exited = new Promise((resolve) => {
      this.thread.on('exit', () => {
        this.ended(new Error('the thread that writes it has ended'));
        resolve();
      });
    });
  }

  write(batch: WriteBatch): Promise<void> {
    if (this.end) return Promise.reject(this.end);
    const written = new Promise<void>((resolve, reject) => this.waiting.push({ resolve, reject }));
    this.thread.ref();
    this.thread.postMessage(batch);
    this.lastWrite = written.catch(() => undefined);
    return written;
  }

  /**
   * The thread ends itself. Terminating it while it calls libsql, such as to open the file, would abort the whole
   * process: libsql cannot handle an exception of JavaScript there.
   */
  async close(): Promise<void> {
    await this.lastWrite;
    this.thread.ref();
    this.thread.postMessage(null);
    await this.exited;
  }

  private settle(failure: WriteFailure | null): void {
    const write = this.waiting.shift();
    if (this.waiting.length === 0) this.thread.unref();
    if (failure) write?.reject(Object.assign(new Error(failure.message), { code: failure.code }));
    else write?.resolve();
  }

  /** The first reason counts: after an error, the thread exits. */
  private ended(reason: Error): void {
    this.end ??= reason;
    for (const { reject } of this.waiting.splice(0)) reject(this.end);
  }
}

/** Without a file, a program resolves packages from the current directory; this one has to find what we use. */
const withOwnRequire = (code: string) =>
  `require = require('node:module').createRequire(${JSON.stringify(require.resolve('libsql'))});\n${code}`;
