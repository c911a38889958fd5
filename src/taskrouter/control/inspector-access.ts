import type { FastifyRequest } from 'fastify';
import { isLoopbackHost, isLoopbackPeer } from '../../common/loopback';
import { hostName, isForwarded } from '../../common/own-address';
import type { ApiOptions } from '../http/options';

/**
 * Whether a request without credentials is allowed, so that people need no password on their own computer. The request
 * must come from this computer under a loopback name (a page that rebinds its DNS name uses another one), and be
 *
 * - for a file of the page, which contains no data, or
 * - for `/_taskrouter/`, from the inspector's own page. Browsers state this in a header that pages cannot set:
 *   https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 *
 * The REST API always requires credentials.
 */
export function isAllowedWithoutCredentials(request: FastifyRequest, { localSignIn }: ApiOptions): boolean {
  const { url = '', config } = request.routeOptions;
  if (!localSignIn || !isLoopbackPeer(request.socket.remoteAddress)) return false;
  if (isForwarded(request.headers) || !isLoopbackHost(hostName(request.headers.host) ?? '')) return false;
  if (config.page) return true;
  return url.startsWith('/_taskrouter/') && request.headers['sec-fetch-site'] === 'same-origin';
}
