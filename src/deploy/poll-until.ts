/** The clock of a deployment. Tests replace it. */
export interface DeployTime {
  /** Unix milliseconds, never lower than before. */
  now(): number;
  /** Rejects with the signal's reason when the signal aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

interface PollLimits {
  /** How long to poll. */
  readonly timeoutMs: number;
  readonly intervalMs: number;
}

/**
 * Polls until `isDone` accepts what `read` returns, or the time is up. Returns the last result in both cases.
 * Hand-written because p-retry waits on Node's timers alone, and a test must be able to skip the waits.
 * @throws what `read` throws; the signal's reason
 */
export async function pollUntil<Result>(
  read: () => Promise<Result>,
  isDone: (result: Result) => boolean,
  { timeoutMs, intervalMs }: PollLimits,
  time: DeployTime,
  signal?: AbortSignal,
): Promise<Result> {
  const end = time.now() + timeoutMs;
  for (;;) {
    const result = await read();
    if (isDone(result) || time.now() >= end) return result;
    await time.wait(intervalMs, signal);
  }
}
