import { Deferred } from '../shared/deferred';

/** One request inside the child, as the host sees it. */
export class InFlightRequest {
  /** `yielded`: the Function runs, and has returned control to the event loop at least once. */
  state: 'sent' | 'started' | 'yielded' = 'sent';
  readonly #timeout = new Deferred<'timeout'>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly number: number,
    /** The Function's file, or the asset's. */
    readonly file: string,
  ) {}

  /** Resolves when the Function exceeds its time limit. */
  get timeout(): Promise<'timeout'> {
    return this.#timeout.promise;
  }

  /** Starts the time limit: the time a request has waited before does not count. */
  start(limitMs: number): void {
    this.state = 'started';
    this.#timer = setTimeout(() => this.#timeout.resolve('timeout'), limitMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * The requests that may have blocked the event loop or ended the process: Functions that have not returned control
 * since they started, or all that run if there are none.
 */
export function suspectsAmong(requests: Iterable<InFlightRequest>): InFlightRequest[] {
  const running = [...requests].filter(({ state }) => state !== 'sent');
  const holding = running.filter(({ state }) => state === 'started');
  return holding.length > 0 ? holding : running;
}
