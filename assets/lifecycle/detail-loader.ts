import type { LifecycleResponse } from './lifecycle-response';

/** Loads what `/lifecycle` does not contain, for the tasks or workers whose details are open. */
export abstract class DetailLoader<Detail> {
  /** The fingerprint of each open one at its last request; undefined if it must be requested again. */
  readonly #requested = new Map<string, string | undefined>();
  /** The number of the request that each detail comes from. */
  readonly #numbers = new Map<string, number>();
  #count = 0;
  #details: ReadonlyMap<string, Detail> = new Map();

  constructor(private readonly onChange: (details: ReadonlyMap<string, Detail>) => void) {}

  /** @returns undefined to keep the last detail until the next update, which requests again */
  protected abstract read(sid: string): Promise<Detail | undefined>;

  /** Changes whenever the detail may have changed; undefined if only a request can tell. */
  protected abstract fingerprint(lifecycle: LifecycleResponse, sid: string): string | undefined;

  open(sid: string, lifecycle: LifecycleResponse | null): void {
    this.#requested.set(sid, undefined);
    if (lifecycle) this.update(lifecycle);
  }

  close(sid: string): void {
    this.#requested.delete(sid);
    this.#numbers.delete(sid);
    this.#set([...this.#details].filter(([open]) => open !== sid));
  }

  /** To be called with every successful response of /lifecycle. */
  update(lifecycle: LifecycleResponse): void {
    for (const [sid, requested] of this.#requested) {
      const current = this.fingerprint(lifecycle, sid);
      if (current !== undefined && current === requested) continue;
      this.#requested.set(sid, current);
      void this.#load(sid);
    }
  }

  async #load(sid: string): Promise<void> {
    this.#count += 1;
    const number = this.#count;
    const detail = await this.read(sid);
    // The response to a later request is newer, whichever arrives first.
    if (!this.#requested.has(sid) || number < (this.#numbers.get(sid) ?? 0)) return;
    if (detail === undefined) return void this.#requested.set(sid, undefined);
    this.#numbers.set(sid, number);
    if (!isSame(detail, this.#details.get(sid))) this.#set([...this.#details, [sid, detail]]);
  }

  #set(details: Iterable<readonly [string, Detail]>): void {
    this.#details = new Map(details);
    this.onChange(this.#details);
  }
}

/** An unchanged detail stays the same object, so that nothing renders again. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
