import type { Cancel, Clock } from './clock';

interface Wake {
  readonly time: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until it is told to go on. `advance` runs what falls due on the way, in order, and
 * after each step waits until `settled` says that everything it set off has been dealt with.
 */
export class VirtualClock implements Clock {
  private wakes = new Set<Wake>();

  constructor(
    private time: number,
    private readonly settled: () => Promise<void> = async () => undefined,
  ) {}

  now(): number {
    return this.time;
  }

  wakeAt(time: number, wake: () => void): Cancel {
    const entry = { time, wake };
    this.wakes.add(entry);
    return () => this.wakes.delete(entry);
  }

  /** Moves on by so many milliseconds. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await this.settled();
    for (let next = this.earliest(); next && next.time <= end; next = this.earliest()) {
      this.wakes.delete(next);
      this.time = Math.max(this.time, next.time);
      next.wake();
      await this.settled();
    }
    this.time = end;
  }

  private earliest(): Wake | undefined {
    let first: Wake | undefined;
    for (const wake of this.wakes) if (!first || wake.time < first.time) first = wake;
    return first;
  }
}
