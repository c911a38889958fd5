import type { Call } from './call';

/** Sends keys in the order in which they were pressed: those that are pressed during a request go together in the next one. */
export class KeyQueue {
  readonly #send: (keys: string) => Promise<Call>;
  #keys = '';
  #sending: Promise<Call> | null = null;

  constructor(send: (keys: string) => Promise<Call>) {
    this.#send = send;
  }

  /** Resolves when all keys have been sent. If a request fails, the keys after it are not sent. */
  press(keys: string): Promise<Call> {
    this.#keys += keys;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#keys = '';
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<Call> {
    for (;;) {
      const keys = this.#keys;
      this.#keys = '';
      const call = await this.#send(keys);
      if (!this.#keys) return call;
    }
  }
}
