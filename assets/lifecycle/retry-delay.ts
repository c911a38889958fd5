/** Our choice: the longest pause between two attempts, short enough to notice that all is well again. In ms. */
const longestMs = 30_000;

/**
 * How long to wait before /lifecycle is read again, in ms: its own `poll_after_ms`, doubled with each failure in a
 * row, and never less than the `Retry-After` of the last one.
 */
export function retryDelay(pollAfterMs: number, failures: number, retryAfterMs = 0): number {
  const backedOff = Math.min(pollAfterMs * 2 ** failures, Math.max(longestMs, pollAfterMs));
  return Math.max(backedOff, retryAfterMs);
}
