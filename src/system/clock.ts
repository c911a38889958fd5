/** Cancels a wake-up that has not happened yet. */
export type Cancel = () => void;

/** `upkeep` is housekeeping: advancing to the next event ignores it. */
export type WakePurpose = 'event' | 'upkeep';

/** The source of the current time and of all timers of the local TaskRouter. Times are in Unix milliseconds. */
export interface Clock {
  /** Never lower than before. */
  now(): number;
  /** Calls `wake` once at `time`. If `time` is in the past, calls it as soon as possible, but never synchronously. */
  wakeAt(time: number, wake: () => void, purpose?: WakePurpose): Cancel;
}

/** setTimeout cannot wait longer than 2^31-1 ms. A caller that wakes up early checks the clock and waits again. */
export const maxTimerMs = 2_147_483_647;
