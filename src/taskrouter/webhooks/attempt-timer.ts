import type { Cancel } from '../../system/clock';

/**
 * Measures and limits attempts. It is not the service's clock: a virtual clock stands still while a receiver responds, and
 * an attempt has to end anyway. A simulation replaces it to run attempts in its own time.
 */
export interface AttemptTimer {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls `expire` once, after this many milliseconds. */
  after(milliseconds: number, expire: () => void): Cancel;
}

/** Real time, whatever the service's clock does. */
export const realTime: AttemptTimer = {
  now: () => performance.now(),
  after(milliseconds, expire) {
    const timer = setTimeout(expire, milliseconds);
    return () => clearTimeout(timer);
  },
};
