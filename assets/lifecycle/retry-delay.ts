/** Our choice, in ms: the longest delay between two attempts, short enough to notice soon that the Functions are back. */
const maxDelayMs = 30_000;

/**
 * How long to wait before /lifecycle is read again, in ms: its own `poll_after_ms`, doubled with each consecutive
 * failure, but at least the `Retry-After` of the last one.
 */
export function retryDelay(pollAfterMs: number, failures: number, retryAfterMs = 0): number {
  const backedOff = Math.min(pollAfterMs * 2 ** failures, Math.max(maxDelayMs, pollAfterMs));
  return Math.max(backedOff, retryAfterMs);
}
