import type { Cancel } from '../../src/system/clock';
import type { TimeSource } from '../../src/system/time-source';

interface Timer {
  at: number;
  readonly number: number;
  readonly everyMs: number | null;
  readonly run: () => void;
}

/** A computer whose clock can be set, which can sleep, and whose time passes when a test says so. Milliseconds. */
export class FakeComputer implements TimeSource {
  private uptime = 0;
  private readonly timers = new Set<Timer>();
  private lastNumber = 0;

  constructor(private offset = Date.parse('2026-01-31T12:00:00Z')) {}

  wall(): number {
    return Math.floor(this.uptime + this.offset);
  }

  monotonic(): number {
    return this.uptime;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.add(delayMs, null, run);
  }

  every(intervalMs: number, run: () => void): Cancel {
    return this.add(intervalMs, intervalMs, run);
  }

  /** How many timers wait. */
  get timerCount(): number {
    return this.timers.size;
  }

  /** Sets the wall clock forward or, with a negative amount, back. */
  setClock(byMs: number): void {
    this.offset += byMs;
  }

  /** No timer runs meanwhile, and the monotonic clock stands still. */
  sleep(milliseconds: number): void {
    this.offset += milliseconds;
  }

  /** The process ends: its timers are gone. */
  endProcess(): void {
    this.timers.clear();
  }

  /** Time passes, and timers run when they are due. */
  pass(milliseconds: number): void {
    const end = this.uptime + milliseconds;
    for (let timer = this.next(end); timer; timer = this.next(end)) {
      this.uptime = Math.max(this.uptime, timer.at);
      if (timer.everyMs === null) this.timers.delete(timer);
      else timer.at += timer.everyMs;
      timer.run();
    }
    this.uptime = end;
  }

  private add(delayMs: number, everyMs: number | null, run: () => void): Cancel {
    // setTimeout waits for at least 1 ms.
    const timer = { at: this.uptime + Math.max(1, delayMs), number: ++this.lastNumber, everyMs, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  private next(end: number): Timer | undefined {
    const due = [...this.timers].filter(({ at }) => at <= end);
    return due.sort((one, other) => one.at - other.at || one.number - other.number)[0];
  }
}
