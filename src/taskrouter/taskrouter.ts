import { limits } from '../common/limits';
import type { Cancel, Clock } from '../system/clock';
import { type Engine, UnusableRow } from './engine/engine';
import type { PastOffer } from './engine/state/recent-offers';
import type { RoutingView } from './engine/state/routing-view';
import type { View } from './engine/state/view';
import type { Alert } from './model/alerts';
import type { Change } from './model/changes';
import type { Command, ResultOf } from './model/commands';
import { tableNames } from './model/entities';
import type { EventSubject, Origin, TaskRouterEvent } from './model/events';
import { findContradiction } from './store/contradictions';
import { type Rows, type Store, type StoreContents, StoreFailed } from './store/store';

/** All that was decided in one turn of the event loop, now durable. */
export interface Commit {
  readonly changes: readonly Change[];
  readonly events: readonly TaskRouterEvent[];
  /** What each of the events is about, as it was at that moment. Not stored. */
  readonly subjects: readonly (EventSubject | undefined)[];
  /** Not stored: the debugger shows alerts while the process runs. */
  readonly alerts: readonly Alert[];
  /** How long the store took, in milliseconds. */
  readonly writeMs: number;
}

/** Milliseconds. Our choice. */
const eventCleanupIntervalMs = 3_600_000;

const engineOrigin: Origin = { source: 'twilio', ipAddress: null };

/**
 * The engine with a store and a clock. The order of effects of a command: decide, write, respond, deliver. All commands
 * and reads of one turn of the event loop share one transaction (group commit) and resolve after it. While a commit is
 * being written, the next one collects what is decided meanwhile.
 */
export class TaskRouter {
  /** Decided, and not yet handed to the store. */
  private pending = nothing();
  /** In the hands of the store. */
  private inWriting = nothing();
  /** The commit that will write `pending`; null if nobody waits for one. */
  private openCommit: Promise<void> | null = null;
  /** Resolves when everything handed to the store so far is written. Never rejects. */
  private lastWrite: Promise<unknown> = Promise.resolve();
  /** How many writes are handed over and not finished. */
  private writes = 0;
  private failure: StoreFailed | null = null;
  private cancelWake: Cancel | null = null;
  private wakeTime: number | null = null;
  private cancelEventCleanup: Cancel | null = null;
  private readonly listeners = new Set<(commit: Commit) => void>();
  private readonly clearListeners = new Set<() => void>();

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

  /** The events that are decided and may not yet be in the store's log. Oldest first. */
  get unwrittenEvents(): readonly TaskRouterEvent[] {
    return [...this.inWriting.events, ...this.pending.events];
  }

  /**
   * Loads the stored state and carries out what is due. Resolves once that is durable.
   * @throws StoreUnavailable `corrupt` if the stored rows contradict each other, or hold what the engine cannot use
   */
  async start(): Promise<void> {
    this.load();
    await this.deleteOldEvents();
    await this.passTime();
  }

  private load(): void {
    const { rows, sequence } = this.store.load();
    const contradiction = findContradiction(rows, sequence);
    if (contradiction) throw this.store.damaged(contradiction);
    try {
      this.engine.load(rows, sequence);
    } catch (error) {
      throw error instanceof UnusableRow ? this.store.damaged(error.message) : error;
    }
  }

  /**
   * Resolves with the command's result once it is durable.
   * @throws TaskRouterError if the engine refuses it (nothing has changed), StoreFailed if it could not be written
   */
  async execute<C extends Command>(command: C, origin: Origin = engineOrigin): Promise<ResultOf<C>> {
    if (this.failure) throw this.failure;
    try {
      const outcome = this.engine.execute(command, this.clock.now(), origin);
      append(this.pending.changes, outcome.changes);
      append(this.pending.events, outcome.events);
      append(this.pending.subjects, outcome.subjects);
      append(this.pending.alerts, outcome.alerts);
      await this.committed();
      return outcome.result;
    } catch (error) {
      // A refusal may depend on unwritten changes, too.
      await this.written();
      throw error;
    }
  }

  /** Why tasks are routed as they are. */
  get routing(): RoutingView {
    return this.engine.routing;
  }

  /** The offer that created the reservation; null if it is not recorded, or no longer. */
  pastOffer(reservationSid: string): PastOffer | null {
    return this.engine.pastOffer(reservationSid);
  }

  /** Resolves with the result of a query on the present state, once that state is durable. */
  async read<Result>(query: (view: View, now: number) => Result | Promise<Result>): Promise<Result> {
    if (this.failure) throw this.failure;
    try {
      return await query(this.engine.view, this.clock.now());
    } finally {
      await this.written();
    }
  }

  /** All rows of this moment, once they are durable. */
  contents(): Promise<Omit<StoreContents, 'events'>> {
    return this.read((view, time) => {
      const rows = tableNames.map((name) => [name, [...view.all(name)]]);
      return { rows: Object.fromEntries(rows) as Rows, sequence: this.engine.lastSequence, time };
    });
  }

  /** Deletes everything, in the store as well. The delivery of callbacks must have stopped. */
  async clear(): Promise<void> {
    await this.startOver(
      () => this.engine.clear(),
      () => this.store.clear(),
    );
  }

  /** Replaces everything, in the store as well. The delivery of callbacks must have stopped. */
  async restore(contents: StoreContents): Promise<void> {
    await this.startOver(
      () => this.engine.restore(contents.rows, contents.sequence, contents.time),
      () => this.store.replace(contents),
    );
  }

  private startOver(decide: () => void, write: () => Promise<void>): Promise<void> {
    return this.inOrder(async () => {
      // What is decided but not written is deleted with the rest; what is decided from now on is written afterwards.
      this.pending = nothing();
      decide();
      this.scheduleWake();
      await this.guarded(write);
      for (const listener of this.clearListeners) listener();
    });
  }

  /** Calls `listener` after each commit with a change, an event, or an alert. */
  onCommit(listener: (commit: Commit) => void): Cancel {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `listener` whenever everything has been deleted, before anything else is written. */
  onClear(listener: () => void): Cancel {
    this.clearListeners.add(listener);
    return () => this.clearListeners.delete(listener);
  }

  /** Writes what is decided and stops the timers. The caller closes the store. */
  async stop(): Promise<void> {
    // A failure was reported where it occurred.
    while (this.openCommit || this.writes) await this.written().catch(() => undefined);
    this.cancelWake?.();
    this.cancelWake = null;
    this.wakeTime = null;
    this.cancelEventCleanup?.();
  }

  /** The earliest deadline in Unix milliseconds; null if there is none. */
  nextDeadline(): number | null {
    return this.engine.nextDeadline();
  }

  /** Resolves when everything decided so far is durable. */
  private async written(): Promise<void> {
    if (this.openCommit) return this.openCommit;
    await this.lastWrite;
    if (this.failure) throw this.failure;
  }

  /** Has everything decided in this turn of the event loop written. */
  private committed(): Promise<void> {
    this.openCommit ??= nextTurn().then(() =>
      this.inOrder(async () => {
        this.openCommit = null;
        await this.commit();
      }),
    );
    return this.openCommit;
  }

  private async commit(): Promise<void> {
    if (this.failure) throw this.failure;
    const commit = this.pending;
    this.pending = nothing();
    this.inWriting = commit;
    const isEmpty = !commit.changes.length && !commit.events.length;
    const time = this.clock.now();
    const started = performance.now();
    if (!isEmpty) await this.guarded(() => this.store.commitBatch({ ...commit, time }));
    const writeMs = performance.now() - started;
    this.inWriting = nothing();
    this.scheduleWake();
    if (!isEmpty || commit.alerts.length)
      for (const listener of this.listeners) listener({ ...commit, writeMs });
  }

  /** Carries out one write after the other. */
  private inOrder(write: () => Promise<void>): Promise<void> {
    this.writes++;
    const done = this.lastWrite.then(write).finally(() => this.writes--);
    this.lastWrite = done.catch(() => undefined);
    return done;
  }

  /** Once the store has failed, no more commands are acknowledged. */
  private async guarded(write: () => Promise<void>): Promise<void> {
    if (this.failure) throw this.failure;
    try {
      await write();
    } catch (error) {
      throw this.failed(error);
    }
  }

  private failed(error: unknown): StoreFailed {
    this.failure = error instanceof StoreFailed ? error : new StoreFailed(String(error));
    this.onFailure(this.failure);
    return this.failure;
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
  private async deleteOldEvents(): Promise<void> {
    const now = this.clock.now();
    this.cancelEventCleanup = this.clock.wakeAt(
      now + eventCleanupIntervalMs,
      () => this.continueEventCleanup(),
      'upkeep',
    );
    const oldest = this.store.oldestEvent();
    if (oldest === null || oldest >= now - limits.eventRetentionMs) return;
    await this.inOrder(() => this.guarded(() => this.store.forgetEvents(now - limits.eventRetentionMs)));
  }

  private continueEventCleanup(): void {
    if (this.failure) return;
    this.deleteOldEvents().catch((error) => {
      if (error !== this.failure) this.onFailure(error);
    });
  }
}

/** Not push(...items): a function takes a limited number of arguments, and a command can change more rows. */
function append<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

const nothing = () => ({
  changes: [] as Change[],
  events: [] as TaskRouterEvent[],
  subjects: [] as (EventSubject | undefined)[],
  alerts: [] as Alert[],
});

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
