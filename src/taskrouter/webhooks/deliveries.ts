import { setMaxListeners } from 'node:events';
import type { Cancel, Clock } from '../../system/clock';
import { limits } from '../engine/limits';
import type { Change } from '../model/changes';
import type { Delivery } from '../model/entities';
import { StoreFailed } from '../store/store';
import type { Commit, TaskRouter } from '../taskrouter';
import { deliverAssignment } from './assignment';
import type { CallbackRecord, CallbackRecords } from './callback-record';
import { ConcurrencyLimiter } from './concurrency-limiter';
import { deliverEvent } from './events';
import { HttpTransport, type NewAgent } from './http-transport';
import { type CallbackResponder, inProcessTransport } from './in-process-transport';
import type { Announcement } from './post';
import { type Attempts, postWithRetries } from './post';
import { withCurrentUrls } from './present-urls';
import { DeliveryStopped, type Transport } from './transport';
import { originOf } from './wire-url';

export interface DeliveriesOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'onCommit' | 'read'>;
  readonly accountSid: string;
  /** Signs the requests; appears nowhere else. */
  readonly authToken: string;
  readonly log: CallbackRecords;
  readonly clock: Clock;
  /** Longest time for all tries of one URL, in milliseconds. */
  readonly timeouts?: { readonly assignment: number; readonly event: number };
  /** Requests at a time to one origin, for each kind of callback. */
  readonly concurrency?: number;
  /** Answers callbacks in place of HTTP. */
  readonly respond?: CallbackResponder;
  /** Opens the connections to receivers; default: straight to them. */
  readonly newAgent?: NewAgent;
  /** Told of mistakes of ours; their callbacks stay in the outbox. Without it they become warnings of the process. */
  readonly onError?: (error: Error, delivery: Delivery) => void;
}

const usualTimeouts = {
  assignment: limits.assignmentCallbackMs,
  event: limits.eventCallbackMs,
};

/** One delivery from its commit to its settlement. */
interface Job {
  readonly delivery: Delivery;
  isWithdrawn: boolean;
}

/**
 * Carries out what the outbox holds: every Delivery of a commit is sent, recorded and settled. Nothing is sent before
 * it is durable. Our choice: assignment and event callbacks to the same origin have separate lanes, so that a receiver
 * that hangs on events does not hold up assignments.
 */
export class Deliveries {
  private readonly jobs = new Map<string, Job>();
  private readonly transport: Transport;
  private readonly lanes: ConcurrencyLimiter;
  private readonly stopping = new AbortController();
  private readonly aborting = new AbortController();
  /** Jobs at work; those that only wait for the clock do not count. */
  private busy = 0;
  private unsubscribe: Cancel = () => undefined;
  private quietWaiters: (() => void)[] = [];

  constructor(private readonly options: DeliveriesOptions) {
    const { respond, newAgent } = options;
    this.transport = respond ? inProcessTransport(respond) : new HttpTransport(newAgent);
    this.lanes = new ConcurrencyLimiter(options.concurrency ?? 32);
    // Every request under way listens; that is no leak.
    setMaxListeners(0, this.stopping.signal, this.aborting.signal);
  }

  /** Takes up the outbox and then every commit. Call it once the receivers answer. */
  async start(): Promise<void> {
    this.unsubscribe();
    const early: Change[] = [];
    this.unsubscribe = this.options.taskRouter.onCommit(({ changes }) => early.push(...changes));
    const rows = await this.options.taskRouter.read((view) =>
      [...view.all('deliveries')].map((row) => withCurrentUrls(view, row)),
    );
    this.unsubscribe();
    if (this.stopping.signal.aborted) return;
    this.unsubscribe = this.options.taskRouter.onCommit((commit: Commit) => this.take(commit.changes));
    this.take(early, new Map(rows.map((row) => [row.sid, row])));
  }

  /**
   * Resolves when nothing is queued or under way and everything decided so far is durable. A callback that timed out
   * and waits only for the clock to get there does not count, so that a virtual clock can go on.
   */
  async idle(): Promise<void> {
    do {
      await this.quiet();
      // When reading fails the store has failed, and nothing more will be sent.
      await this.options.taskRouter.read(() => undefined).catch(() => undefined);
    } while (this.busy);
  }

  get isBusy(): boolean {
    return this.busy > 0;
  }

  /**
   * Starts nothing more, gives what is under way so many milliseconds to end, and aborts the rest. What has not been
   * settled stays in the outbox.
   */
  async stop(graceMilliseconds = 1000): Promise<void> {
    this.unsubscribe();
    this.stopping.abort();
    this.lanes.stop();
    const grace = setTimeout(() => this.aborting.abort(), graceMilliseconds);
    await this.quiet();
    clearTimeout(grace);
    await this.transport.close();
  }

  private take(changes: readonly Change[], due = new Map<string, Delivery>()): void {
    for (const { table, sid, after } of changes) {
      if (table !== 'deliveries') continue;
      const job = this.jobs.get(sid);
      if (!after) due.delete(sid);
      else if (!job) due.set(sid, after);
      if (job && !after) job.isWithdrawn = true;
    }
    for (const delivery of due.values()) void this.carryOut({ delivery, isWithdrawn: false });
  }

  private async carryOut(job: Job): Promise<void> {
    this.jobs.set(job.delivery.sid, job);
    this.busy++;
    try {
      await this.deliver(job);
    } catch (error) {
      this.failed(error, job.delivery);
    } finally {
      this.jobs.delete(job.delivery.sid);
      this.rest();
    }
  }

  private async deliver(job: Job): Promise<void> {
    const deliver = job.delivery.kind === 'assignment' ? deliverAssignment : deliverEvent;
    const delivered = await deliver(this.ofThisAccount(job.delivery), {
      post: (announcement) => this.call(announcement, job),
      isWithdrawn: () => job.isWithdrawn,
    });
    if (!delivered) return;
    this.record(delivered.record, job.delivery);
    if (!job.isWithdrawn) await this.options.taskRouter.execute(delivered.settle);
  }

  /** A log that fails must not keep a reservation from being settled. */
  private record(record: CallbackRecord, delivery: Delivery): void {
    try {
      this.options.log.add(record);
    } catch (error) {
      this.failed(error, delivery);
    }
  }

  /** A row may have been written before the local account was given another sid; callbacks name the present one. */
  private ofThisAccount(delivery: Delivery): Delivery {
    return { ...delivery, parameters: { ...delivery.parameters, AccountSid: this.options.accountSid } };
  }

  private async call(announcement: Announcement, job: Job): Promise<Attempts | null> {
    const { clock, authToken, timeouts = usualTimeouts } = this.options;
    const needs = { transport: this.transport, clock, authToken, stop: this.aborting.signal };
    const lane = `${announcement.kind} ${originOf(announcement.url)}`;
    const tries = await this.lanes.run(lane, async () =>
      job.isWithdrawn ? null : postWithRetries(needs, announcement, timeouts[announcement.kind]),
    );
    if (tries && tries.timedOutAt !== null) await this.waitUntil(tries.timedOutAt);
    return tries;
  }

  private async waitUntil(time: number): Promise<void> {
    while (time > this.options.clock.now()) {
      if (this.stopping.signal.aborted) throw new DeliveryStopped();
      await this.nextWake(time);
    }
  }

  private nextWake(time: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        cancel();
        this.stopping.signal.removeEventListener('abort', goOn);
        this.busy++;
        resolve();
      };
      const cancel = this.options.clock.wakeAt(time, goOn);
      this.stopping.signal.addEventListener('abort', goOn);
      this.rest();
    });
  }

  private failed(error: unknown, delivery: Delivery): void {
    if (error instanceof StoreFailed) this.halt();
    else if (!(error instanceof DeliveryStopped)) this.report(error, delivery);
  }

  private report(error: unknown, delivery: Delivery): void {
    const known = error instanceof Error ? error : new Error(String(error));
    if (this.options.onError) this.options.onError(known, delivery);
    else process.emitWarning(known);
  }

  /** After a failed store nothing can be settled any more. */
  private halt(): void {
    this.unsubscribe();
    this.stopping.abort();
    this.lanes.stop();
    this.aborting.abort();
  }

  private rest(): void {
    if (--this.busy) return;
    for (const quiet of this.quietWaiters.splice(0)) quiet();
  }

  private quiet(): Promise<void> {
    return new Promise((quiet) => (this.busy ? this.quietWaiters.push(quiet) : quiet()));
  }
}
