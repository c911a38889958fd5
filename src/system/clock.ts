/** Undoes a wake-up that has not happened yet. */
export type Cancel = () => void;

/** Where "now" and the one timer of the local TaskRouter come from; times are unix milliseconds. */
export interface Clock {
  now(): number;
  /** Calls `wake` once when `time` has come; a time already past means as soon as possible, never at once. */
  wakeAt(time: number, wake: () => void): Cancel;
}

/** setTimeout cannot wait longer than 2^31-1 ms; whoever is woken early looks at the clock and waits again. */
const longestTimer = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(time, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(0, time - Date.now()), longestTimer));
    return () => clearTimeout(timer);
  },
};
