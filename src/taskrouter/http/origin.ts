import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isFromForeignPage, type OwnAddress, ownOrigins } from '../../common/own-address';
import { isLocalTwilioHost } from '../../common/twilio-hosts';
import { Forbidden } from './request-errors';

/** At least one. */
type Origins = readonly [string, ...string[]];

/**
 * The origins of the service as the client may see it; the first is for the absolute URLs in responses. Requests for
 * Twilio's hosts come through a proxy that terminates TLS. The result for the last Host header is kept: requests
 * that follow each other mostly have the same one, and reading it was 3 % of the time of a request.
 * @returns a function that throws Forbidden for an unknown host name
 */
export function originReader({ host, publicUrl }: OwnAddress): (headers: IncomingHttpHeaders) => Origins {
  const address = { host, publicUrl, isProxied: isLocalTwilioHost };
  let last: { readonly host: string | undefined; readonly origins: Origins } | undefined;
  return (headers) => {
    if (!last || last.host !== headers.host)
      last = { host: headers.host, origins: originsOf(headers.host, address) };
    return last.origins;
  };
}

function originsOf(host: string | undefined, address: OwnAddress): Origins {
  const [origin, ...others] = ownOrigins(host, address);
  if (origin !== undefined) return [origin, ...others];
  throw new Forbidden(
    `Host '${host ?? ''}' is not a name of this service: use localhost or taskrouter.twilio.com, or start the service with --public-url`,
  );
}

/**
 * Rejects requests from pages of other origins: a browser sends Basic credentials with the forms of any page, and states the
 * origin of that page. With Fetch Metadata, links from other pages work, because a GET changes nothing and those pages
 * cannot read the response.
 * @param own the origins of the service
 * @throws Forbidden
 */
export function rejectOtherOrigins(
  { method = 'GET', headers }: IncomingMessage,
  own: readonly string[],
): void {
  const { origin, referer, 'sec-fetch-site': site } = headers;
  const isForeign = site !== undefined && site !== 'same-origin' && !['GET', 'HEAD'].includes(method);
  const named = site === undefined ? { origin, referer } : { origin };
  if (isForeign || isFromForeignPage(named, own))
    throw new Forbidden('Requests from pages of another origin are not allowed');
}
