import { DeliveryStopped } from './transport';
import { type WaitingJob, WaitingJobs } from './waiting-jobs';

/** How many jobs run at the same time. */
export interface Concurrency {
  /** In all queues together. */
  readonly total: number;
  /** In one queue, at most. */
  readonly perQueue: number;
  /** In a queue that has just begun; its own limit goes up and down from there. */
  readonly first: number;
  /** In a queue whose jobs all time out. */
  readonly min: number;
}

/**
 * Our choice. A queue begins with few jobs, so that receivers that hang cannot take all places before their first timeout.
 */
export const defaultConcurrency: Concurrency = { total: 256, perQueue: 32, first: 8, min: 1 };

/** Our choice: always many, because an advance of a virtual clock waits for all of them. */
export const virtualTimeConcurrency: Concurrency = { ...defaultConcurrency, first: 32, min: 32 };

/** A job that runs or waits for its turn. */
export interface QueuedJob<Result> {
  /** Null if the job left the queue before it started. Rejects with DeliveryStopped if `stop` was called before. */
  readonly result: Promise<Result | null>;
  /** Gives up the job if it has not started. */
  leave(): void;
}

interface Entry extends WaitingJob {
  start(): void;
  leave(): void;
  stop(): void;
}

interface Queue {
  readonly name: string;
  running: number;
  limit: number;
  readonly waiting: WaitingJobs<Entry>;
}

/**
 * Limits the number of jobs that run at the same time, in each queue and in total. The jobs of a queue start in order, those
 * about the same subject one after the other has finished, and queues with waiting jobs take turns, so that a slow receiver
 * cannot block another one. Our choice: a timeout halves the
 * limit of its queue, any other end raises it by one. A queue without jobs is forgotten.
 * Not p-limit: its clearQueue leaves waiting jobs unsettled, and it has no queues by name.
 */
export class ConcurrencyLimiter {
  private readonly queues = new Map<string, Queue>();
  /** The queues that have a waiting job and may start it, in the order of their turns. */
  private readonly ready = new Set<Queue>();
  private running = 0;
  private added = 0;
  private stopped = false;

  constructor(private readonly concurrency: Concurrency = defaultConcurrency) {}

  /** The number of queues with jobs. */
  get size(): number {
    return this.queues.size;
  }

  /**
   * @param hasTimedOut whether the result of the job means that the receiver is slow
   * @param subject of the jobs about the same subject in a queue, only one runs at a time; undefined: no subject
   */
  run<Result>(
    name: string,
    job: () => Promise<Result>,
    hasTimedOut: (result: Result) => boolean = () => false,
    subject?: string,
  ): QueuedJob<Result> {
    if (this.stopped) return { result: Promise.reject(new DeliveryStopped()), leave: () => undefined };
    const queue = this.queue(name);
    let leave: () => void = () => undefined;
    const result = new Promise<Result | null>((resolve, reject) => {
      const entry: Entry = {
        number: ++this.added,
        subject,
        start: () => void this.carryOut(queue, entry, job, hasTimedOut).then(resolve, reject),
        leave: () => resolve(null),
        stop: () => reject(new DeliveryStopped()),
      };
      leave = () => this.leave(queue, entry);
      queue.waiting.add(entry);
    });
    this.update(queue);
    return { result, leave };
  }

  /** Rejects all jobs that have not started. */
  stop(): void {
    this.stopped = true;
    this.ready.clear();
    for (const { waiting } of this.queues.values()) for (const entry of waiting.clear()) entry.stop();
  }

  private leave(queue: Queue, entry: Entry): void {
    if (!queue.waiting.remove(entry)) return;
    entry.leave();
    this.update(queue);
  }

  private async carryOut<Result>(
    queue: Queue,
    entry: Entry,
    job: () => Promise<Result>,
    hasTimedOut: (result: Result) => boolean,
  ): Promise<Result> {
    try {
      const result = await job();
      this.adapt(queue, hasTimedOut(result));
      return result;
    } finally {
      queue.running--;
      this.running--;
      queue.waiting.finish(entry);
      this.update(queue);
    }
  }

  private adapt(queue: Queue, isSlow: boolean): void {
    const { min, perQueue } = this.concurrency;
    const limit = isSlow ? Math.floor(queue.limit / 2) : queue.limit + 1;
    queue.limit = Math.min(Math.max(limit, min), perQueue);
  }

  private queue(name: string): Queue {
    const { first, perQueue } = this.concurrency;
    const known = this.queues.get(name);
    const queue = known ?? {
      name,
      running: 0,
      limit: Math.min(first, perQueue),
      waiting: new WaitingJobs<Entry>(),
    };
    if (!known) this.queues.set(name, queue);
    return queue;
  }

  /** Brings everything up to date after a change of the queue. */
  private update(queue: Queue): void {
    if (queue.running + queue.waiting.size === 0) this.queues.delete(queue.name);
    this.takeTurn(queue);
    while (this.running < this.concurrency.total) {
      const [next] = this.ready;
      if (!next) return;
      this.startFirst(next);
    }
  }

  /** A queue that can start a job waits for its turn behind the others, or keeps its place. */
  private takeTurn(queue: Queue): void {
    if (queue.waiting.size > 0 && queue.running < queue.limit) this.ready.add(queue);
    else this.ready.delete(queue);
  }

  private startFirst(queue: Queue): void {
    this.ready.delete(queue);
    const entry = queue.waiting.takeFirst();
    if (!entry) return;
    queue.running++;
    this.running++;
    this.takeTurn(queue);
    entry.start();
  }
}
