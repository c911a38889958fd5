import BTree from 'sorted-btree';
import { type Cancel, type Clock, maxTimerMs } from './clock';
import { JumpDetector } from './jump-detector';
import { computerTime, type TimeSource } from './time-source';

/**
 * Our choice, in ms: how often the wall clock is compared. Timers follow the monotonic clock, so after a jump or a sleep of
 * the computer, due work runs at most this late.
 */
export const wallCheckMs = 1000;

interface SystemClockOptions {
  /** The last time of the stored state, in Unix milliseconds; null if there is none. */
  readonly lastTime?: number | null;
  /** Called when the computer's clock jumped, by this many milliseconds, forward or back. */
  readonly onJump?: (byMs: number) => void;
  readonly source?: TimeSource;
}

/** Order in which wakes run: by time, then in order of the calls. */
type WakeKey = readonly [time: number, number: number];

/**
 * This computer's time, except that it never goes back (our choice): the last time plus the monotonic time elapsed since, or the wall
 * clock if that is ahead, as after a sleep of the computer. The time of an earlier run counts as well.
 */
export class SystemClock implements Clock {
  private readonly source: TimeSource;
  private readonly jumps: JumpDetector;
  /** The time at `baseMonotonic`. */
  private base: number;
  private baseMonotonic: number;
  private readonly wakes = new BTree<WakeKey, () => void>(
    undefined,
    (one, other) => one[0] - other[0] || one[1] - other[1],
  );
  private lastNumber = 0;
  private cancelTimer: Cancel | null = null;
  private cancelCheck: Cancel | null = null;

  constructor({ lastTime = null, onJump = () => undefined, source = computerTime }: SystemClockOptions = {}) {
    this.source = source;
    const wall = source.wall();
    this.baseMonotonic = source.monotonic();
    this.base = Math.max(wall, lastTime ?? 0);
    this.jumps = new JumpDetector(wall, this.baseMonotonic, onJump);
  }

  now(): number {
    const wall = this.source.wall();
    const monotonic = this.source.monotonic();
    this.jumps.observe(wall, monotonic);
    const time = this.base + monotonic - this.baseMonotonic;
    if (wall <= time) return Math.floor(time);
    this.base = wall;
    this.baseMonotonic = monotonic;
    return wall;
  }

  wakeAt(time: number, wake: () => void): Cancel {
    const key: WakeKey = [time, ++this.lastNumber];
    this.wakes.set(key, wake);
    if (this.isFirst(key)) this.setTimer();
    return () => {
      const wasFirst = this.isFirst(key);
      if (this.wakes.delete(key) && wasFirst) this.setTimer();
    };
  }

  private isFirst(key: WakeKey): boolean {
    return this.wakes.minKey()?.[1] === key[1];
  }

  /** The timer for the first wake, and the comparison with the wall clock, while there is any. */
  private setTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    const first = this.wakes.minKey();
    if (first) {
      const waitMs = Math.min(Math.max(0, first[0] - this.now()), maxTimerMs);
      this.cancelTimer = this.source.after(waitMs, () => this.runDue());
      this.cancelCheck ??= this.source.every(wallCheckMs, () => this.runDue());
    } else {
      this.cancelCheck?.();
      this.cancelCheck = null;
    }
  }

  private runDue(): void {
    const due = this.wakes.getRange([Number.NEGATIVE_INFINITY, 0], [this.now(), Number.POSITIVE_INFINITY]);
    try {
      for (const [key, wake] of due) if (this.wakes.delete(key)) wake();
    } finally {
      this.setTimer();
    }
  }
}
