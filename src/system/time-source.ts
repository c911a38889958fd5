import type { Cancel } from './clock';

/** Where a clock gets its time and its timers from. All of it is in milliseconds. */
export interface TimeSource {
  /** Unix time, as the computer shows it. It can jump in both directions. */
  wall(): number;
  /** Time since some moment. It never goes back. On Linux, it stands still while the computer sleeps. */
  monotonic(): number;
  /** Calls `run` once, by monotonic time. The process waits for it. */
  after(delayMs: number, run: () => void): Cancel;
  /** Calls `run` again and again, by monotonic time. The process does not wait for it. */
  every(intervalMs: number, run: () => void): Cancel;
}

/** The time of this computer. */
export const computerTime: TimeSource = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs).unref();
    return () => clearInterval(timer);
  },
};
