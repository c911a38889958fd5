import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { functionFailed, sendResponse } from '../shared/responses';

/** One request to one Function, inside the child. Later errors of the Function are traced back to it. */
export class Invocation {
  /** True once the Function's handler runs: a Function that calls another one is still one invocation. */
  entered = false;
  readonly #response: ServerResponse;
  #settled = false;

  constructor(
    readonly file: string,
    response: ServerResponse,
  ) {
    this.#response = response;
  }

  /** True for the first response; later ones are not sent. */
  settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    return true;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Logs the error with its stack; the client learns only which file failed. */
  fail(what: string, error: unknown): void {
    console.error(`${what}: ${describe(error)}`);
    if (this.settle()) this.respondFailed(what);
  }

  /** Sends an error without the headers that the runtime has already set. */
  respondFailed(what: string): void {
    if (this.#response.headersSent) return;
    for (const name of this.#response.getHeaderNames()) this.#response.removeHeader(name);
    sendResponse(this.#response, functionFailed(this.file, what));
  }
}

export const invocations = new AsyncLocalStorage<Invocation>();

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : inspect(error);
}

/**
 * Makes an unhandled error fail its request and not the process: rejections and exceptions in timers are attributed to
 * the request they came from. After an exception outside any request, the state of the process is unknown; it exits,
 * and the host starts another.
 */
export function attributeErrors(): void {
  process.on('unhandledRejection', (reason) => {
    const invocation = invocations.getStore();
    if (invocation) invocation.fail('rejected', reason);
    else console.error(`Unhandled rejection outside any request: ${describe(reason)}`);
  });
  process.on('uncaughtException', (error) => {
    const invocation = invocations.getStore();
    if (invocation) return invocation.fail('threw', error);
    console.error(`Uncaught exception outside any request: ${describe(error)}`);
    process.exit(1);
  });
}
