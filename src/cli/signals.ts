export interface Ending {
  readonly signal?: NodeJS.Signals;
  readonly failure?: Error;
}

/** Resolves at the first SIGINT, SIGTERM or failure; a second signal does not wait for anything any more. */
export function untilStopped(): { readonly promise: Promise<Ending>; fail(failure: Error): void } {
  let end: (ending: Ending) => void = () => undefined;
  const promise = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    signals += 1;
    if (signals > 1) process.exit(signal === 'SIGINT' ? 130 : 1);
    end({ signal });
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { promise, fail: (failure) => end({ failure }) };
}
