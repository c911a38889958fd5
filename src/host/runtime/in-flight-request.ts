import { Deferred } from '../shared/deferred';

/** One request on its way through the child, as the host sees it. */
export class InFlightRequest {
  /** `yielded`: the Function runs, and the child's event loop has turned since it began. */
  state: 'sent' | 'started' | 'yielded' = 'sent';
  readonly #overtime = new Deferred<'overtime'>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly number: number,
    /** The Function's file, or the asset's. */
    readonly file: string,
  ) {}

  /** Resolves when the Function has taken longer than it may. */
  get timeout(): Promise<'overtime'> {
    return this.#overtime.promise;
  }

  /** The limit counts from here: what a request waited before is not the Function's time. */
  start(timeoutMs: number): void {
    this.state = 'started';
    this.#timer = setTimeout(() => this.#overtime.resolve('overtime'), timeoutMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Who can have stopped the event loop or ended the process: Functions that have not given it back since they
 * began; if there is none, any that runs.
 */
export function suspectsAmong(flights: Iterable<InFlightRequest>): InFlightRequest[] {
  const running = [...flights].filter(({ state }) => state !== 'sent');
  const holding = running.filter(({ state }) => state === 'started');
  return holding.length > 0 ? holding : running;
}
