const beatsToMiss = 6;

/**
 * Calls `stalled` once when `beatsToMiss` pings in a row stay unanswered. Ticks are counted and not time: when this
 * process itself was suspended or busy, one late tick follows, and that is not the child's fault.
 */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #missed = 0;

  constructor(stallMs: number, ping: () => void, stalled: () => void) {
    this.#timer = setInterval(() => {
      if (this.#missed === beatsToMiss) {
        this.stop();
        stalled();
        return;
      }
      this.#missed += 1;
      ping();
    }, stallMs / beatsToMiss);
    this.#timer.unref();
  }

  pong(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
