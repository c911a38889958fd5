import type { FastifyRequest } from 'fastify';
import { isLoopbackHost, isLoopbackPeer } from '../../common/loopback';
import { hostName, isForwarded } from '../../common/own-address';
import type { ApiOptions } from '../http/options';

/**
 * Whether a request without credentials is let in all the same, so that nobody is asked for a password on their own
 * machine: only from this computer, under a name of its own (a page that rebinds its DNS name has another), and
 *
 * - for the files of the page, which hold nothing: always;
 * - for what is under `/_taskrouter/`: only when a browser says that the inspector's own page asks. Browsers say so to
 *   loopback addresses, and no page can: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 *
 * The REST API itself always wants credentials.
 */
export function isLetIn(request: FastifyRequest, { localSignIn }: ApiOptions): boolean {
  const { url = '', config } = request.routeOptions;
  if (!localSignIn || !isLoopbackPeer(request.socket.remoteAddress)) return false;
  if (isForwarded(request.headers) || !isLoopbackHost(hostName(request.headers.host) ?? '')) return false;
  if (config.page) return true;
  return url.startsWith('/_taskrouter/') && request.headers['sec-fetch-site'] === 'same-origin';
}
