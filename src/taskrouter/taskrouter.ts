import type { Cancel, Clock } from '../system/clock';
import type { Engine } from './engine/engine';
import { limits } from './engine/limits';
import type { View } from './engine/state/view';
import type { Alert } from './model/alerts';
import type { Change } from './model/changes';
import type { Command, ResultOf } from './model/commands';
import type { Origin, TaskRouterEvent } from './model/events';
import { type Store, StoreFailed } from './store/store';

/** All that was decided in one turn of the event loop, now durable. */
export interface Commit {
  readonly changes: readonly Change[];
  readonly events: readonly TaskRouterEvent[];
  /** Not stored: the debugger shows alerts while the process runs. */
  readonly alerts: readonly Alert[];
}

/** Milliseconds. Our choice. */
const eventCleanupIntervalMs = 3_600_000;

const engineOrigin: Origin = { source: 'twilio', ipAddress: null };

/**
 * The engine with a store and a clock. The order of effects of a command: decide, write, respond, deliver. All commands
 * and reads of one turn of the event loop share one transaction (group commit) and resolve after it.
 */
export class TaskRouter {
  private pending = nothing();
  private openCommit: Promise<void> | null = null;
  private failure: StoreFailed | null = null;
  private cancelWake: Cancel | null = null;
  private wakeTime: number | null = null;
  private cancelEventCleanup: Cancel | null = null;
  private readonly listeners = new Set<(commit: Commit) => void>();

  constructor(
    private readonly engine: Engine,
    readonly store: Store,
    readonly clock: Clock,
    private readonly onFailure: (failure: Error) => void = () => undefined,
  ) {}

  /** The present state, which may include unwritten changes; `read` waits until they are durable. */
  get view(): View {
    return this.engine.view;
  }

  /** The events that are decided but not yet in the store's log. Oldest first. */
  get unwrittenEvents(): readonly TaskRouterEvent[] {
    return this.pending.events;
  }

  /** Loads the stored state and carries out what is due. Resolves once that is durable. */
  async start(): Promise<void> {
    const { rows, sequence } = this.store.load();
    this.engine.load(rows, sequence);
    this.deleteOldEvents();
    await this.passTime();
  }

  /**
   * Resolves with the command's result once it is durable.
   * @throws TaskRouterError if the engine refuses it (nothing has changed), StoreFailed if it could not be written
   */
  async execute<C extends Command>(command: C, origin: Origin = engineOrigin): Promise<ResultOf<C>> {
    if (this.failure) throw this.failure;
    try {
      const outcome = this.engine.execute(command, this.clock.now(), origin);
      this.pending.changes.push(...outcome.changes);
      this.pending.events.push(...outcome.events);
      this.pending.alerts.push(...outcome.alerts);
      await this.committed();
      return outcome.result;
    } catch (error) {
      // A refusal may depend on unwritten changes, too.
      if (this.openCommit) await this.openCommit;
      throw error;
    }
  }

  /** Resolves with the result of a query on the present state, once that state is durable. */
  async read<Result>(query: (view: View, now: number) => Result): Promise<Result> {
    if (this.failure) throw this.failure;
    try {
      return query(this.engine.view, this.clock.now());
    } finally {
      if (this.openCommit) await this.openCommit;
    }
  }

  /** Deletes everything, in the store as well. The delivery of callbacks must have stopped. */
  async clear(): Promise<void> {
    if (this.openCommit) await this.openCommit;
    this.engine.clear();
    this.store.clear();
    this.scheduleWake();
  }

  /** Calls `listener` after each commit with a change, an event, or an alert. */
  onCommit(listener: (commit: Commit) => void): Cancel {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Writes what is decided and stops the timers. The caller closes the store. */
  async stop(): Promise<void> {
    if (this.openCommit) await this.openCommit;
    this.cancelWake?.();
    this.cancelWake = null;
    this.wakeTime = null;
    this.cancelEventCleanup?.();
  }

  /** The earliest deadline in Unix milliseconds; null if there is none. */
  nextDeadline(): number | null {
    return this.engine.nextDeadline();
  }

  private committed(): Promise<void> {
    this.openCommit ??= new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.openCommit = null;
        try {
          this.commit();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
    return this.openCommit;
  }

  private commit(): void {
    const commit = this.pending;
    this.pending = nothing();
    if (this.failure) throw this.failure;
    if (commit.changes.length || commit.events.length) this.guarded(() => this.store.commitBatch(commit));
    this.scheduleWake();
    if (commit.changes.length || commit.events.length || commit.alerts.length)
      for (const listener of this.listeners) listener(commit);
  }

  /** Once the store has failed, no more commands are acknowledged. */
  private guarded(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failure = error instanceof StoreFailed ? error : new StoreFailed(String(error));
      this.onFailure(this.failure);
      throw this.failure;
    }
  }

  /** Sets the one timer to the earliest deadline. */
  private scheduleWake(): void {
    const next = this.engine.nextDeadline();
    if (next === this.wakeTime) return;
    this.cancelWake?.();
    this.wakeTime = next;
    this.cancelWake = next === null ? null : this.clock.wakeAt(next, () => this.wake());
  }

  private wake(): void {
    this.cancelWake = null;
    this.wakeTime = null;
    // A store failure was reported where it occurred.
    this.passTime().catch((error) => {
      if (error !== this.failure) this.onFailure(error);
    });
  }

  private async passTime(): Promise<void> {
    await this.execute({ type: 'PassTime' });
  }

  /** Events are kept for 30 days. Older ones are deleted every hour, so that it never takes long. */
  private deleteOldEvents(): void {
    const now = this.clock.now();
    this.cancelEventCleanup = this.clock.wakeAt(
      now + eventCleanupIntervalMs,
      () => this.continueEventCleanup(),
      'upkeep',
    );
    const oldest = this.store.oldestEvent();
    if (oldest === null || oldest >= now - limits.eventRetentionMs) return;
    this.guarded(() => this.store.forgetEvents(now - limits.eventRetentionMs));
  }

  private continueEventCleanup(): void {
    if (this.failure) return;
    try {
      this.deleteOldEvents();
    } catch (error) {
      if (error !== this.failure) this.onFailure(error as Error);
    }
  }
}

const nothing = () => ({
  changes: [] as Change[],
  events: [] as TaskRouterEvent[],
  alerts: [] as Alert[],
});
