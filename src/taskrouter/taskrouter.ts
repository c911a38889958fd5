import type { Cancel, Clock } from '../system/clock';
import type { Engine } from './engine/engine';
import { limits } from './engine/limits';
import type { View } from './engine/state/view';
import type { Alert } from './model/alerts';
import type { Change } from './model/changes';
import type { Command, ResultOf } from './model/commands';
import type { Origin, TaskRouterEvent } from './model/events';
import { type Store, StoreFailed } from './store/store';

/** What one turn of the event loop decided, once it is durable. */
export interface Commit {
  readonly changes: readonly Change[];
  readonly events: readonly TaskRouterEvent[];
  /** Not kept by the store: the debugger's list is for what happens while one looks. */
  readonly alerts: readonly Alert[];
}

/** Milliseconds. Our choice. */
const forgettingInterval = 3_600_000;

const engineOrigin: Origin = { source: 'twilio', ipAddress: null };

/**
 * The engine made durable and given time. Order of effects for a command: decided, written, answered, delivered.
 * All commands and reads of one turn of the event loop share one transaction (group commit) and are answered after it.
 */
export class TaskRouter {
  private pending = nothing();
  private openCommit: Promise<void> | null = null;
  private failure: StoreFailed | null = null;
  private cancelWake: Cancel | null = null;
  private wakeTime: number | null = null;
  private cancelForgetting: Cancel | null = null;
  private readonly listeners = new Set<(commit: Commit) => void>();

  constructor(
    private readonly engine: Engine,
    readonly store: Store,
    readonly clock: Clock,
    private readonly onFailure: (failure: Error) => void = () => undefined,
  ) {}

  /** Everything now, for those that have made sure that nothing is unwritten; others use `read`. */
  get view(): View {
    return this.engine.view;
  }

  /** What is decided and not yet written: part of the view, and not yet of the store's log. Oldest first. */
  get unwrittenEvents(): readonly TaskRouterEvent[] {
    return this.pending.events;
  }

  /** Takes up the stored state and lets happen whatever fell due meanwhile. Resolves once that is durable. */
  async start(): Promise<void> {
    const { rows, sequence } = this.store.load();
    this.engine.load(rows, sequence);
    this.forgetOldEvents();
    await this.passTime();
  }

  /**
   * Resolves with the command's result once it is durable.
   * @throws TaskRouterError when the engine refuses it (nothing changed), StoreFailed when it could not be written.
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
      // A refusal, too, may rest on what this turn decided and has not written yet.
      if (this.openCommit) await this.openCommit;
      throw error;
    }
  }

  /** Answers from the state as it is now, but only once all of it is durable. */
  async read<Answer>(query: (view: View, now: number) => Answer): Promise<Answer> {
    if (this.failure) throw this.failure;
    try {
      return query(this.engine.view, this.clock.now());
    } finally {
      if (this.openCommit) await this.openCommit;
    }
  }

  /** Forgets everything, on disk as well. Whoever delivers callbacks must have stopped. */
  async clear(): Promise<void> {
    if (this.openCommit) await this.openCommit;
    this.engine.clear();
    this.store.clear();
    this.scheduleWake();
  }

  /** Calls `listener` after each commit that changed something, or about which there is an alert. */
  onCommit(listener: (commit: Commit) => void): Cancel {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Writes what is decided and stops the timer. The store stays open; its owner closes it. */
  async stop(): Promise<void> {
    if (this.openCommit) await this.openCommit;
    this.cancelWake?.();
    this.cancelWake = null;
    this.wakeTime = null;
    this.cancelForgetting?.();
  }

  /** When something will happen by itself, unix milliseconds; null when nothing will. */
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

  /** Once the store has failed, nothing is acknowledged any more. */
  private guarded(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.failure = error instanceof StoreFailed ? error : new StoreFailed(String(error));
      this.onFailure(this.failure);
      throw this.failure;
    }
  }

  /** One timer, set to the earliest deadline of all. */
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
    // A failed store has been reported where it failed.
    this.passTime().catch((error) => {
      if (error !== this.failure) this.onFailure(error);
    });
  }

  private async passTime(): Promise<void> {
    await this.execute({ type: 'PassTime' });
  }

  /** Events are kept 30 days; they are forgotten by the hour, so that no single time takes long. */
  private forgetOldEvents(): void {
    const now = this.clock.now();
    this.cancelForgetting = this.clock.wakeAt(
      now + forgettingInterval,
      () => this.goOnForgetting(),
      'upkeep',
    );
    const oldest = this.store.oldestEvent();
    if (oldest === null || oldest >= now - limits.eventRetentionMs) return;
    this.guarded(() => this.store.forgetEvents(now - limits.eventRetentionMs));
  }

  private goOnForgetting(): void {
    if (this.failure) return;
    try {
      this.forgetOldEvents();
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
