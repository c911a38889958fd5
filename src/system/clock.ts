/** Undoes a wake-up that has not happened yet. */
export type Cancel = () => void;

/** `upkeep` is housekeeping that nobody waits for: advancing to the next event passes over it. */
export type WakePurpose = 'event' | 'upkeep';

/** Where "now" and the timers of the local TaskRouter come from; times are unix milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `wake` once when `time` has come; a time already past means as soon as possible, never at once. */
  wakeAt(time: number, wake: () => void, purpose?: WakePurpose): Cancel;
}

/** setTimeout cannot wait longer than 2^31-1 ms; whoever is woken early looks at the clock and waits again. */
export const longestTimer = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(time, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(0, time - Date.now()), longestTimer));
    return () => clearTimeout(timer);
  },
};
