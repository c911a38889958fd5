const maxMissedPings = 6;

/**
 * Calls `onStall` once when `maxMissedPings` pings in a row get no pong. It counts ticks and not time: when this
 * process was suspended or busy, one late tick follows, and that is not the child's fault.
 */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #missed = 0;

  constructor(stallMs: number, ping: () => void, onStall: () => void) {
    this.#timer = setInterval(() => {
      if (this.#missed === maxMissedPings) {
        this.stop();
        onStall();
        return;
      }
      this.#missed += 1;
      ping();
    }, stallMs / maxMissedPings);
    this.#timer.unref();
  }

  pong(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
