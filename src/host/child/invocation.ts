import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { functionFailed, sendResponse } from '../shared/responses';

/** One request to one Function, inside the child. Whatever the Function does later is traced back to it. */
export class Invocation {
  /** Set once the Function's own handler runs: a Function that calls another one is still one invocation. */
  entered = false;
  #settled = false;

  constructor(
    readonly file: string,
    private readonly response: ServerResponse,
  ) {}

  /** True for the first answer; any later one is not sent. */
  settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    return true;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Logs the error with its stack; the client only learns which file it was. */
  fail(what: string, error: unknown): void {
    console.error(`${what}: ${describe(error)}`);
    if (this.settle()) this.answerFailed(what);
  }

  /** Whatever the runtime has prepared on the response is not part of this answer. */
  answerFailed(what: string): void {
    if (this.response.headersSent) return;
    for (const name of this.response.getHeaderNames()) this.response.removeHeader(name);
    sendResponse(this.response, functionFailed(this.file, what));
  }
}

export const invocations = new AsyncLocalStorage<Invocation>();

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : inspect(error);
}

/**
 * Costs a request its answer instead of the process its life: a rejection or a timer's exception is answered for
 * the request it came from. An exception that belongs to no request leaves the process in a state nobody knows;
 * it ends, and the host starts another.
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
