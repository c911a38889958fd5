import type { AttemptTimer } from './attempt-timer';

/**
 * Our choice, in milliseconds. Nobody waits for the end of an event callback, and after a crash within this time the
 * callback is only sent again.
 */
const settleMs = 20;

/**
 * Lets event callbacks be settled together. A commit for each of them would be most commits of the service, and the
 * commits that requests wait for would wait behind them.
 */
export class SettleTogether {
  private waiting: (() => void)[] = [];
  /** How many callers need everything settled at once. */
  private hurrying = 0;

  constructor(private readonly timer: AttemptTimer) {}

  /** Resolves when it is time to settle; undefined if that is now. */
  turn(): Promise<void> | undefined {
    if (this.hurrying > 0) return undefined;
    return new Promise((resolve) => {
      if (this.waiting.push(resolve) === 1) this.timer.after(settleMs, () => this.settle());
    });
  }

  /** Settles at once, now and until the returned function is called. */
  hurry(): () => void {
    this.hurrying++;
    this.settle();
    return () => {
      this.hurrying--;
    };
  }

  private settle(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
