import { exitCodes } from './exit-codes';
import { processTerminal, type Terminal } from './terminal';

export interface StopReason {
  readonly signal?: NodeJS.Signals;
  readonly failure?: Error;
}

/** Our choice. */
const repeatedSignalMs = 1000;

/**
 * Resolves at the first SIGINT, SIGTERM or failure. Terminal, npm and timeout(1) each forward a signal, so signals within a
 * second count as one; a later Ctrl+C ends the process at once. A closed output is no reason to stop.
 */
export function untilStopped(terminal: Terminal = processTerminal): {
  readonly promise: Promise<StopReason>;
  fail(failure: Error): void;
} {
  let stop: (reason: StopReason) => void = () => undefined;
  const promise = new Promise<StopReason>((resolve) => {
    stop = resolve;
  });
  let firstMs: number | null = null;
  terminal.onStop((signal) => {
    if (firstMs !== null && signal === 'SIGINT' && performance.now() - firstMs > repeatedSignalMs) {
      process.exit(exitCodes.interrupted);
    }
    firstMs ??= performance.now();
    stop({ signal });
  });
  return { promise, fail: (failure) => stop({ failure }) };
}

/** Somebody stopped a command before it finished. The message says what was done so far. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Aborts with an Interrupted of this message at the first SIGINT or SIGTERM. */
export function signalOfInterruption(message: string, terminal: Terminal): AbortSignal {
  const controller = new AbortController();
  untilStopped(terminal).promise.then(() => controller.abort(new Interrupted(message)));
  return controller.signal;
}
