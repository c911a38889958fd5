import { setMaxListeners } from 'node:events';
import { asError } from '../../common/error-text';
import { limits } from '../../common/limits';
import type { Cancel, Clock } from '../../system/clock';
import type { Change } from '../model/changes';
import type { Delivery } from '../model/entities';
import { StoreFailed } from '../store/store';
import type { Commit, TaskRouter } from '../taskrouter';
import { deliverAssignment } from './assignment';
import { type AttemptTimer, realTime } from './attempt-timer';
import { AttemptsInProgress } from './attempts-in-progress';
import { BusyCount } from './busy-count';
import type { CallbackRecord, CallbackRecords } from './callback-record';
import { recordOfInternalError, settlementsAfterError } from './close-delivery';
import type { Concurrency } from './concurrency-limiter';
import { withCurrentUrls } from './current-urls';
import { deliverEvent } from './events';
import type { Announcement, Attempts } from './post';
import { PostQueues } from './post-queues';
import { SettleTogether } from './settle-together';
import { DeliveryStopped, type Transport } from './transport';
import { waitUntil } from './wait-until';

export interface DeliveriesOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'onCommit' | 'read'>;
  readonly accountSid: string;
  /** Signs the requests; used for nothing else. */
  readonly authToken: string;
  readonly log: CallbackRecords;
  readonly clock: Clock;
  /** Sends the requests. It belongs to the deliveries: `stop` closes it. */
  readonly transport: Transport;
  /** Measures and limits attempts; default: real time. */
  readonly timer?: AttemptTimer;
  /** The time limit for all attempts to reach one URL, in milliseconds. */
  readonly timeouts?: { readonly assignment: number; readonly event: number };
  /** How many requests of each kind are sent at the same time; a queue has one URL. */
  readonly concurrency?: Partial<Concurrency>;
  /** Whether the event callbacks of one task are sent one after another. Default: true. */
  readonly eventsInOrder?: boolean;
  /** Called for internal errors, after which the callback is closed as failed. Default: emits a process warning. */
  readonly onError?: (error: Error, delivery: Delivery) => void;
}

const defaultTimeouts = {
  assignment: limits.assignmentCallbackMs,
  event: limits.eventCallbackMs,
};

/** One delivery from its commit to its settlement. */
interface Job {
  readonly delivery: Delivery;
  isWithdrawn: boolean;
  /** Gives up its place in the queue, so that it takes no memory there once it is withdrawn. */
  leaveQueue?: () => void;
}

/** Sends, records, and settles every Delivery of the outbox, once it is durable. */
export class Deliveries {
  private readonly jobs = new Map<string, Job>();
  /** The event callbacks that start in the next turn of the event loop. */
  private nextEvents: Job[] = [];
  private readonly timer: AttemptTimer;
  private readonly queues: PostQueues;
  private readonly stopping = new AbortController();
  private readonly inProgress = new AttemptsInProgress();
  /** The jobs in progress, except those that only wait for the clock. */
  private readonly busy = new BusyCount();
  private readonly together: SettleTogether;
  private unsubscribe: Cancel = () => undefined;

  constructor(private readonly options: DeliveriesOptions) {
    this.timer = options.timer ?? realTime;
    this.together = new SettleTogether(this.timer);
    this.queues = new PostQueues({
      ...options,
      timer: this.timer,
      timeouts: options.timeouts ?? defaultTimeouts,
      inProgress: this.inProgress,
    });
    // Every callback that waits for the clock adds a listener, so many of them are not a leak.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Sends the callbacks in the outbox, then those of every commit. Call it once the receivers respond. */
  async start(): Promise<void> {
    this.unsubscribe();
    const early: (readonly Change[])[] = [];
    this.unsubscribe = this.options.taskRouter.onCommit(({ changes }) => early.push(changes));
    const rows = await this.options.taskRouter.read((view) =>
      [...view.all('deliveries')].map((row) => withCurrentUrls(view, row)),
    );
    this.unsubscribe();
    if (this.stopping.signal.aborted) return;
    this.unsubscribe = this.options.taskRouter.onCommit((commit: Commit) => this.take(commit.changes));
    this.take(early.flat(), new Map(rows.map((row) => [row.sid, row])));
  }

  /**
   * Resolves when no callback is queued or in progress and everything decided so far is durable. A callback that timed out
   * and only waits for the clock does not count, so that a virtual clock can advance.
   */
  async idle(): Promise<void> {
    const done = this.together.hurry();
    do {
      await this.busy.quiet();
      // If reading fails, the store has failed, and no more callbacks are sent.
      await this.options.taskRouter.read(() => undefined).catch(() => undefined);
    } while (this.busy.isBusy);
    done();
  }

  /** The number of callbacks that are queued or in progress. */
  get size(): number {
    return this.jobs.size;
  }

  get isBusy(): boolean {
    return this.busy.isBusy;
  }

  /**
   * Starts no more requests, gives those in progress some time to finish, and aborts the rest. Unsettled callbacks stay in
   * the outbox.
   */
  async stop(graceMs = 1000): Promise<void> {
    this.unsubscribe();
    this.stopping.abort();
    this.queues.stop();
    this.together.hurry();
    const cancel = this.timer.after(graceMs, () => this.inProgress.stop());
    await this.busy.quiet();
    cancel();
    await this.options.transport.close();
  }

  private take(changes: readonly Change[], due = new Map<string, Delivery>()): void {
    for (const { table, sid, after } of changes) {
      if (table !== 'deliveries') continue;
      const job = this.jobs.get(sid);
      if (!after) due.delete(sid);
      else if (!job) due.set(sid, after);
      if (job && !after) withdraw(job);
    }
    for (const delivery of due.values()) this.add({ delivery, isWithdrawn: false });
  }

  /** Event callbacks start after the assignment callbacks, and after the answers to the requests that caused them. */
  private add(job: Job): void {
    this.jobs.set(job.delivery.sid, job);
    this.busy.begin();
    if (job.delivery.kind === 'assignment') void this.carryOut(job);
    else if (this.nextEvents.push(job) === 1) setImmediate(() => this.startEvents());
  }

  private startEvents(): void {
    const events = this.nextEvents;
    this.nextEvents = [];
    for (const job of events) void this.carryOut(job);
  }

  private async carryOut(job: Job): Promise<void> {
    try {
      await this.deliver(job);
    } catch (error) {
      if (this.failed(error, job.delivery)) await this.close(error, job);
    } finally {
      this.jobs.delete(job.delivery.sid);
      this.busy.end();
    }
  }

  private async deliver(job: Job): Promise<void> {
    const deliver = job.delivery.kind === 'assignment' ? deliverAssignment : deliverEvent;
    const delivered = await deliver(this.ofThisAccount(job.delivery), {
      post: (announcement) => this.post(announcement, job),
      isWithdrawn: () => job.isWithdrawn,
    });
    if (!delivered) return;
    this.record(delivered.record, job.delivery);
    if (job.delivery.kind === 'event') await this.together.turn();
    if (!job.isWithdrawn) await this.options.taskRouter.execute(delivered.settle);
  }

  /** The last resort: whatever prevented the settlement, the callback must not stay in the outbox forever. */
  private async close(cause: unknown, { delivery, isWithdrawn }: Job): Promise<void> {
    this.record(recordOfInternalError(delivery, cause, this.options.clock.now()), delivery);
    if (isWithdrawn) return;
    for (const settle of settlementsAfterError(delivery)) {
      try {
        return void (await this.options.taskRouter.execute(settle));
      } catch (error) {
        if (!this.failed(error, delivery)) return;
      }
    }
  }

  /** A failure of the log must not prevent a reservation from being settled. */
  private record(record: CallbackRecord, delivery: Delivery): void {
    try {
      this.options.log.add(record);
    } catch (error) {
      this.failed(error, delivery);
    }
  }

  /** The account SID may have changed since the row was written. Callbacks contain the current one. */
  private ofThisAccount(delivery: Delivery): Delivery {
    const { accountSid } = this.options;
    if (delivery.parameters.AccountSid === accountSid) return delivery;
    return { ...delivery, parameters: { ...delivery.parameters, AccountSid: accountSid } };
  }

  private async post(announcement: Announcement, job: Job): Promise<Attempts | null> {
    if (job.isWithdrawn) return null;
    const { result, leave } = this.queues.post(announcement);
    job.leaveQueue = leave;
    const attempts = await result;
    if (attempts && attempts.timedOutAt !== null)
      await waitUntil(attempts.timedOutAt, this.options.clock, this.busy, this.stopping.signal);
    return attempts;
  }

  /** Reports an internal error. @returns false if it is none: deliveries stop, and the callback stays in the outbox */
  private failed(error: unknown, delivery: Delivery): boolean {
    if (error instanceof StoreFailed) this.halt();
    if (error instanceof StoreFailed || error instanceof DeliveryStopped) return false;
    if (this.options.onError) this.options.onError(asError(error), delivery);
    else process.emitWarning(asError(error));
    return true;
  }

  /** After a failure of the store, nothing can be settled. */
  private halt(): void {
    this.unsubscribe();
    this.stopping.abort();
    this.queues.stop();
    this.inProgress.stop();
    this.together.hurry();
  }
}

function withdraw(job: Job): void {
  job.isWithdrawn = true;
  job.leaveQueue?.();
}
