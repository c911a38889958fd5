import { DeliveryStopped } from './transport';

interface Queue {
  running: number;
  readonly waiting: { start(): void; stop(): void }[];
}

/**
 * Limits the number of jobs that run at the same time in one queue; the rest start in order. A slow receiver cannot block
 * the queue of another one. Not p-limit: its clearQueue leaves waiting jobs unsettled, and it has no queues by name.
 */
export class ConcurrencyLimiter {
  private readonly queues = new Map<string, Queue>();
  private stopped = false;

  constructor(private readonly maxRunning: number) {}

  /** @throws DeliveryStopped if `stop` is called before the job starts */
  async run<Result>(name: string, job: () => Promise<Result>): Promise<Result> {
    if (this.stopped) throw new DeliveryStopped();
    const queue = this.queue(name);
    if (queue.running < this.maxRunning) queue.running++;
    else
      await new Promise<void>((start, stop) =>
        queue.waiting.push({ start, stop: () => stop(new DeliveryStopped()) }),
      );
    try {
      return await job();
    } finally {
      this.leave(name, queue);
    }
  }

  /** Rejects all jobs that have not started. */
  stop(): void {
    this.stopped = true;
    for (const queue of this.queues.values()) for (const job of queue.waiting.splice(0)) job.stop();
  }

  private queue(name: string): Queue {
    const queue = this.queues.get(name) ?? { running: 0, waiting: [] };
    this.queues.set(name, queue);
    return queue;
  }

  /** Starts the next job in place of this one. */
  private leave(name: string, queue: Queue): void {
    const next = queue.waiting.shift();
    if (next) next.start();
    else if (--queue.running === 0) this.queues.delete(name);
  }
}
