/**
 * Runs `task` one at a time. All calls during a run share one further run, so that every caller gets the result of a run
 * that started after its call. Hand-written: p-limit queues one run per call and cannot share them.
 */
export function coalesced<Result>(task: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  let next: Promise<Result> | undefined;
  const run = (): Promise<Result> => {
    running = task().finally(() => {
      running = undefined;
    });
    return running;
  };
  const startNext = () => {
    next = undefined;
    return run();
  };
  return () => {
    if (!running) return run();
    next ??= running.then(startNext, startNext);
    return next;
  };
}
