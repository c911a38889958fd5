import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type OwnAddress, ownOrigins } from '../../common/own-address';
import { Forbidden } from './request-errors';

const twilioHost = 'taskrouter.twilio.com';

/**
 * The origin that the client knows us by, for the absolute URLs in responses. Clients of taskrouter.twilio.com come through
 * a proxy that ended TLS.
 * @throws Forbidden for a name that is not ours
 */
export function originOf({ host }: IncomingHttpHeaders, address: OwnAddress): string {
  const [origin] = ownOrigins(host, { ...address, proxiedHosts: [twilioHost] });
  if (origin !== undefined) return origin;
  throw new Forbidden(
    `Host '${host ?? ''}' is not a name of this service: use localhost or ${twilioHost}, or start the service with --public-url`,
  );
}

/**
 * A browser sends its Basic credentials along with any page's form, and says whose page it was. Our own pages only; a
 * link may be followed from anywhere, because it changes nothing and who made it cannot read the answer.
 * @throws Forbidden
 */
export function rejectOtherOrigins({ method = 'GET', headers }: IncomingMessage, own: string): void {
  const site = headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && !['GET', 'HEAD'].includes(method);
  if (isForeign || (headers.origin !== undefined && headers.origin !== own))
    throw new Forbidden('Requests from pages of another origin are refused');
}
