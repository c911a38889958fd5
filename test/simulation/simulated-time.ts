import type { Cancel } from '../../src/system/clock';
import type { TimeSource } from '../../src/system/time-source';
import type { AttemptTimer } from '../../src/taskrouter/webhooks/attempt-timer';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** When a simulation begins, in Unix milliseconds. */
const simulationStart = Date.parse('2026-01-31T12:00:00Z');

/**
 * The time of a simulated computer: a monotonic clock that only the simulation moves, a wall clock that can be set to any
 * time, and every timer.
 */
export class SimulatedTime {
  /** Milliseconds since the simulation began. */
  monotonic = 0;
  private wallOffset = simulationStart;
  private readonly timers = new Set<Timer>();

  /** Unix milliseconds, as the wall clock shows them. */
  wall(): number {
    return this.monotonic + this.wallOffset;
  }

  /** Sets the wall clock forward or back. */
  jump(milliseconds: number): void {
    this.wallOffset += milliseconds;
  }

  /** Calls `fire` once, after this many milliseconds. */
  after(milliseconds: number, fire: () => void): Cancel {
    const timer = { at: this.monotonic + Math.max(0, milliseconds), fire };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Advances, firing what is due on the way in order, and waits for `settled` after each timer. */
  async advance(milliseconds: number, settled: () => Promise<void>): Promise<void> {
    const end = this.monotonic + milliseconds;
    for (let next = this.first(); next && next.at <= end; next = this.first()) {
      this.monotonic = Math.max(this.monotonic, next.at);
      this.timers.delete(next);
      next.fire();
      await settled();
    }
    // A restart may have taken longer.
    this.monotonic = Math.max(this.monotonic, end);
  }

  /** Milliseconds until the first timer; null if there is none. */
  untilFirst(): number | null {
    const first = this.first();
    return first ? Math.max(0, first.at - this.monotonic) : null;
  }

  /** Of timers for the same moment, the one that was set first comes first. */
  private first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (!first || timer.at < first.at) first = timer;
    return first;
  }
}

/** The timers of one process: they are gone when it ends. */
export class ProcessTimers implements AttemptTimer {
  private readonly cancels = new Set<Cancel>();
  private hasEnded = false;

  constructor(private readonly time: SimulatedTime) {}

  /** What the clock of the process gets its time and timers from. */
  readonly source: TimeSource = {
    wall: () => this.time.wall(),
    monotonic: () => this.time.monotonic,
    after: (delayMs, run) => this.after(delayMs, run),
    every: (intervalMs, run) => this.every(intervalMs, run),
  };

  now(): number {
    return this.time.monotonic;
  }

  after(milliseconds: number, fire: () => void): Cancel {
    if (this.hasEnded) return () => undefined;
    const cancel = this.time.after(milliseconds, () => {
      this.cancels.delete(cancel);
      fire();
    });
    this.cancels.add(cancel);
    return () => {
      this.cancels.delete(cancel);
      cancel();
    };
  }

  private every(intervalMs: number, run: () => void): Cancel {
    const again = () => {
      cancel = this.after(intervalMs, again);
      run();
    };
    let cancel = this.after(intervalMs, again);
    return () => cancel();
  }

  end(): void {
    this.hasEnded = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
  }
}
