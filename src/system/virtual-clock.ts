import { type Cancel, type Clock, maxTimerMs, type WakePurpose } from './clock';

interface Wake {
  readonly time: number;
  readonly wake: () => void;
  readonly purpose: WakePurpose;
}

/** The state of a virtual clock that survives a restart: Unix milliseconds, and whether it runs by itself. */
export interface ClockState {
  readonly time: number;
  readonly running: boolean;
}

/**
 * A clock that stands still until it is advanced. An advance runs everything that falls due on the way, in order, and
 * after each step waits for `settled`. The clock can also run at the pace of the wall clock, from its current time.
 * Movements run one after another.
 */
export class VirtualClock implements Clock {
  private readonly wakes = new Set<Wake>();
  private movements: Promise<unknown> = Promise.resolve();
  /** When the clock started to run from `time`, by `performance.now`; null while it stands still. */
  private startedAt: number | null = null;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param time Unix milliseconds
   * @param settled awaited before the first step of an advance and after each step
   * @param keep saves the new state before the clock moves; if it throws, the clock does not move
   */
  constructor(
    private time: number,
    private readonly settled: () => Promise<void> = async () => undefined,
    private readonly keep: (state: ClockState) => void = () => undefined,
  ) {}

  now(): number {
    return this.startedAt === null ? this.time : this.time + Math.floor(performance.now() - this.startedAt);
  }

  get running(): boolean {
    return this.startedAt !== null;
  }

  /** The time of the next event, ignoring upkeep; null if there is none. */
  next(): number | null {
    return this.earliest(({ purpose }) => purpose === 'event')?.time ?? null;
  }

  wakeAt(time: number, wake: () => void, purpose: WakePurpose = 'event'): Cancel {
    const entry = { time, wake, purpose };
    this.wakes.add(entry);
    this.setTimer();
    return () => {
      this.wakes.delete(entry);
      this.setTimer();
    };
  }

  /** Advances by this many milliseconds; a running clock continues from there. @throws RangeError if negative */
  advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0)) throw new RangeError(`The clock cannot go back: ${milliseconds} ms`);
    return this.inOrder(async () => {
      await this.settled();
      await this.moveTo(this.now() + Math.round(milliseconds));
    });
  }

  /** Advances to the next event, unless it is after `limit`. Resolves with the time, or null if the clock did not move. */
  advanceToNext(limit = Number.POSITIVE_INFINITY): Promise<number | null> {
    return this.inOrder(async () => {
      await this.settled();
      const next = this.next();
      if (next === null || next > limit) return null;
      await this.moveTo(Math.max(this.now(), next));
      return this.now();
    });
  }

  /** Runs at the pace of the wall clock from now on. */
  run(): Promise<void> {
    return this.inOrder(async () => {
      this.keep({ time: this.now(), running: true });
      this.startedAt ??= performance.now();
      this.setTimer();
    });
  }

  /** Stops the clock at its current time. */
  stop(): Promise<void> {
    return this.inOrder(async () => this.standStill(this.now()));
  }

  /** Stops the clock at another time, also an earlier one, without running what is between. For a state that is replaced. */
  stopAt(time: number): Promise<void> {
    return this.inOrder(async () => this.standStill(time));
  }

  /** Runs one movement after the other; a failed one does not block the next. */
  private inOrder<Result>(movement: () => Promise<Result>): Promise<Result> {
    const moved = this.movements.then(movement);
    this.movements = moved.catch(() => undefined);
    return moved;
  }

  private async moveTo(end: number): Promise<void> {
    const { running } = this;
    this.keep({ time: end, running });
    this.halt(this.now());
    try {
      for (let next = this.earliest(); next && next.time <= end; next = this.earliest()) {
        this.time = Math.max(this.time, next.time);
        this.fire(next);
        await this.settled();
      }
      this.time = end;
    } finally {
      if (running) this.startedAt = performance.now();
      this.setTimer();
    }
  }

  private standStill(time: number): void {
    this.keep({ time, running: false });
    this.halt(time);
  }

  private halt(time: number): void {
    this.time = time;
    this.startedAt = null;
    clearTimeout(this.timer);
  }

  /** Only a running clock needs a timer. */
  private setTimer(): void {
    clearTimeout(this.timer);
    const first = this.startedAt === null ? undefined : this.earliest();
    if (!first) return;
    const wait = Math.min(Math.max(0, first.time - this.now()), maxTimerMs);
    this.timer = setTimeout(() => this.fireDue(), wait);
  }

  private fireDue(): void {
    const now = this.now();
    for (let next = this.earliest(); next && next.time <= now; next = this.earliest()) this.fire(next);
    this.setTimer();
  }

  private fire(wake: Wake): void {
    this.wakes.delete(wake);
    wake.wake();
  }

  /** A linear search: there are few wake-ups at a time, TaskRouter's own and one for each callback that timed out. */
  private earliest(fits: (wake: Wake) => boolean = () => true): Wake | undefined {
    let first: Wake | undefined;
    for (const wake of this.wakes) if (fits(wake) && (!first || wake.time < first.time)) first = wake;
    return first;
  }
}
