import { type Cancel, type Clock, longestTimer, type WakePurpose } from './clock';

interface Wake {
  readonly time: number;
  readonly wake: () => void;
  readonly purpose: WakePurpose;
}

/** What a virtual clock has to know to go on after a restart: unix milliseconds, and whether it goes by itself. */
export interface ClockState {
  readonly time: number;
  readonly running: boolean;
}

/**
 * A clock that stands still until it is told to go on. Advancing runs what falls due on the way, in order, and after
 * each step waits until `settled` says that everything it set off has been dealt with. It can also be let run: then it
 * keeps pace with the wall clock, from the time it has got to. Movements are carried out one after the other.
 */
export class VirtualClock implements Clock {
  private readonly wakes = new Set<Wake>();
  private movements: Promise<unknown> = Promise.resolve();
  /** On `performance.now`, when the clock set out from `time`; null while it stands still. */
  private setOut: number | null = null;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param time unix milliseconds
   * @param settled awaited before the first step of an advance and after each
   * @param keep told of every movement before it begins, with the time it leads to; what it throws prevents it
   */
  constructor(
    private time: number,
    private readonly settled: () => Promise<void> = async () => undefined,
    private readonly keep: (state: ClockState) => void = () => undefined,
  ) {}

  now(): number {
    return this.setOut === null ? this.time : this.time + Math.floor(performance.now() - this.setOut);
  }

  get running(): boolean {
    return this.setOut !== null;
  }

  /** When the next thing will happen by itself, upkeep aside; null when nothing will. */
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

  /** Moves on by so many milliseconds; a clock that runs goes on running from there. */
  advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0)) throw new RangeError(`time does not go back: ${milliseconds} ms`);
    return this.inTurn(async () => {
      await this.settled();
      await this.moveTo(this.now() + Math.round(milliseconds));
    });
  }

  /** Moves on to whatever happens next by itself, at most to `limit`; resolves with its time, or null and unmoved. */
  advanceToNext(limit = Number.POSITIVE_INFINITY): Promise<number | null> {
    return this.inTurn(async () => {
      await this.settled();
      const next = this.next();
      if (next === null || next > limit) return null;
      await this.moveTo(Math.max(this.now(), next));
      return this.now();
    });
  }

  /** From now on at the pace of the wall clock. */
  run(): Promise<void> {
    return this.inTurn(async () => {
      this.keep({ time: this.now(), running: true });
      this.setOut ??= performance.now();
      this.setTimer();
    });
  }

  /** Stands still again. */
  stop(): Promise<void> {
    return this.inTurn(async () => {
      this.halt();
      this.keep({ time: this.time, running: false });
    });
  }

  /** One movement after the other; one that fails does not hold up the next. */
  private inTurn<Result>(movement: () => Promise<Result>): Promise<Result> {
    const moved = this.movements.then(movement);
    this.movements = moved.catch(() => undefined);
    return moved;
  }

  private async moveTo(end: number): Promise<void> {
    const { running } = this;
    this.keep({ time: end, running });
    this.halt();
    try {
      for (let next = this.earliest(); next && next.time <= end; next = this.earliest()) {
        this.time = Math.max(this.time, next.time);
        this.fire(next);
        await this.settled();
      }
      this.time = end;
    } finally {
      if (running) this.setOut = performance.now();
      this.setTimer();
    }
  }

  private halt(): void {
    this.time = this.now();
    this.setOut = null;
    clearTimeout(this.timer);
  }

  /** Only a running clock wakes by itself. */
  private setTimer(): void {
    clearTimeout(this.timer);
    const first = this.setOut === null ? undefined : this.earliest();
    if (!first) return;
    const wait = Math.min(Math.max(0, first.time - this.now()), longestTimer);
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

  /** There are few at a time: TaskRouter's own, and one for each callback that timed out. */
  private earliest(fits: (wake: Wake) => boolean = () => true): Wake | undefined {
    let first: Wake | undefined;
    for (const wake of this.wakes) if (fits(wake) && (!first || wake.time < first.time)) first = wake;
    return first;
  }
}
