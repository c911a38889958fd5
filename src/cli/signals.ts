export interface StopReason {
  readonly signal?: NodeJS.Signals;
  readonly failure?: Error;
}

/** Milliseconds. Our choice. */
const sameWish = 1000;

/**
 * Resolves at the first SIGINT, SIGTERM or failure. A later Ctrl+C does not wait for anything any more; but terminal,
 * npm and timeout(1) each pass a signal on, so that what comes at once is the same wish.
 */
export function untilStopped(): { readonly promise: Promise<StopReason>; fail(failure: Error): void } {
  let end: (ending: StopReason) => void = () => undefined;
  const promise = new Promise<StopReason>((resolve) => {
    end = resolve;
  });
  let first: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (first !== null && signal === 'SIGINT' && Date.now() - first > sameWish) process.exit(130);
    first ??= Date.now();
    end({ signal });
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { promise, fail: (failure) => end({ failure }) };
}

/** Somebody stopped a command before its end. The message says what stands. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Given up, with an Interrupted of this message, at the first SIGINT or SIGTERM; a later Ctrl+C does not wait. */
export function signalOfInterruption(message: string): AbortSignal {
  const controller = new AbortController();
  untilStopped().promise.then(() => controller.abort(new Interrupted(message)));
  return controller.signal;
}
