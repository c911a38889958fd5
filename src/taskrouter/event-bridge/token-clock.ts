import type { Clock } from '../../system/clock';
import type { AccessToken } from './access-token';

/**
 * How long a token is still valid, in milliseconds; 0 or less if it has expired. Programs sign tokens with the time of the
 * computer, from which a virtual clock differs: a token counts by the clock that was nearer to its date of issue (our
 * choice). Both are the same unless the clock is virtual.
 * @param computerNow the time of the computer, in Unix milliseconds
 */
export function remainingMs(
  { issuedAt, expiresAt }: Pick<AccessToken, 'issuedAt' | 'expiresAt'>,
  clock: Pick<Clock, 'now'>,
  computerNow: number,
): number {
  const now = clock.now();
  const distance = (time: number) => Math.abs(issuedAt * 1000 - time);
  return expiresAt * 1000 - (distance(now) <= distance(computerNow) ? now : computerNow);
}
