import type { Cancel, Clock } from '../../../system/clock';
import type { BusyCount } from '../../webhooks/busy-count';

/**
 * A part of a call that something outside can end: the whole call, or the time in a queue. While it waits it is not busy,
 * so that a virtual clock can advance.
 */
export class Scope {
  private reason: Error | null = null;
  private readonly endListeners = new Set<(reason: Error) => void>();

  constructor(
    readonly clock: Clock,
    private readonly busy: BusyCount,
  ) {}

  /** Everything that waits in this scope, now or later, gets this error. */
  end(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    for (const listener of [...this.endListeners]) listener(reason);
  }

  /** Calls `listener` when the scope ends, and at once if it has. */
  onEnd(listener: () => void): void {
    if (this.reason) listener();
    else this.endListeners.add(listener);
  }

  /** @throws the reason if the scope has ended */
  check(): void {
    if (this.reason) throw this.reason;
  }

  /** A scope that ends with this one, or before. */
  child(): Scope {
    const child = new Scope(this.clock, this.busy);
    if (this.reason) child.end(this.reason);
    else {
      const end = (reason: Error) => child.end(reason);
      this.endListeners.add(end);
      child.onEnd(() => this.endListeners.delete(end));
    }
    return child;
  }

  /** Counts as busy until the work is done, except while it waits. */
  async busyWith<Result>(work: () => Promise<Result>): Promise<Result> {
    this.busy.begin();
    try {
      return await work();
    } finally {
      this.busy.end();
    }
  }

  /**
   * Waits for a value that `listen` announces.
   * @throws the reason if the scope ends first
   */
  wait<Value>(listen: (resolve: (value: Value) => void) => Cancel): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.reason) return reject(this.reason);
      let isOver = false;
      let cancel: Cancel = () => undefined;
      const finish = (settle: () => void) => {
        if (isOver) return;
        isOver = true;
        cancel();
        this.endListeners.delete(ended);
        this.busy.begin();
        settle();
      };
      const ended = (reason: Error) => finish(() => reject(reason));
      this.endListeners.add(ended);
      cancel = listen((value) => finish(() => resolve(value)));
      if (isOver) cancel();
      this.busy.end();
    });
  }

  /** Waits until one of `listens` announces something, but at most until a time of the clock. @throws as `wait` does */
  waitAtMost(time: number, ...listens: readonly ((resolve: () => void) => Cancel)[]): Promise<void> {
    return this.wait<void>((resolve) => {
      const cancels = [...listens.map((listen) => listen(resolve)), this.clock.wakeAt(time, () => resolve())];
      return () => {
        for (const cancel of cancels) cancel();
      };
    });
  }

  /** Waits for a time of the clock, in Unix milliseconds. @throws as `wait` does */
  async until(time: number): Promise<void> {
    this.check();
    while (this.clock.now() < time)
      await this.wait<void>((resolve) => this.clock.wakeAt(time, () => resolve()));
  }
}

/** The caller, or somebody at the control API, has hung up. */
export class HungUp extends Error {
  override readonly name = 'HungUp';
}

/** Waits until something happens or the caller hangs up. @throws any other reason */
export async function orHungUp<Value>(waiting: Promise<Value>): Promise<Value | undefined> {
  try {
    return await waiting;
  } catch (reason) {
    if (reason instanceof HungUp) return undefined;
    throw reason;
  }
}

/** The service stops, or its state is replaced: the call is dropped, and nobody is told. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
}
