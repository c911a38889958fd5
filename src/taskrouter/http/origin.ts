import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type OwnAddress, ownOrigins } from '../../common/own-address';
import { Forbidden } from './request-errors';

const twilioHost = 'taskrouter.twilio.com';

/**
 * The origin of the service as the client sees it, for the absolute URLs in responses. Requests for taskrouter.twilio.com
 * come through a proxy that terminates TLS.
 * @throws Forbidden for an unknown host name
 */
export function originOf({ host }: IncomingHttpHeaders, address: OwnAddress): string {
  const [origin] = ownOrigins(host, { ...address, proxiedHosts: [twilioHost] });
  if (origin !== undefined) return origin;
  throw new Forbidden(
    `Host '${host ?? ''}' is not a name of this service: use localhost or ${twilioHost}, or start the service with --public-url`,
  );
}

/**
 * Rejects requests from pages of other origins: a browser sends Basic credentials with the forms of any page, and states the
 * origin of that page. Links from other pages work, because a GET changes nothing and those pages cannot read the response.
 * @throws Forbidden
 */
export function rejectOtherOrigins({ method = 'GET', headers }: IncomingMessage, own: string): void {
  const site = headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && !['GET', 'HEAD'].includes(method);
  if (isForeign || (headers.origin !== undefined && headers.origin !== own))
    throw new Forbidden('Requests from pages of another origin are not allowed');
}
