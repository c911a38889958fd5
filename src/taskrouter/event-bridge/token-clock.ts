import type { Clock } from '../../system/clock';
import type { AccessToken } from '../http/access-token';
import { AccessTokenRefused } from '../http/request-errors';

/**
 * How long a token is still valid, in milliseconds. Programs sign tokens with the time of the computer, from which a virtual
 * clock differs: a token counts by the clock that was nearer to its date of issue (our choice). Both show the same time
 * unless the clock is virtual.
 * @param computerNow the time of the computer, in Unix milliseconds
 * @throws AccessTokenRefused if it has expired, or is not valid yet
 */
export function remainingMs(
  { issuedAt, expiresAt, notBefore }: Pick<AccessToken, 'issuedAt' | 'expiresAt' | 'notBefore'>,
  clock: Pick<Clock, 'now'>,
  computerNow: number,
): number {
  const distance = (time: number) => Math.abs(issuedAt * 1000 - time);
  const now = distance(clock.now()) <= distance(computerNow) ? clock.now() : computerNow;
  if (notBefore * 1000 > now) throw new AccessTokenRefused('early');
  if (expiresAt * 1000 <= now) throw new AccessTokenRefused('expiration');
  return expiresAt * 1000 - now;
}
