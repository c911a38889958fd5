import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../common/loopback';
import { Forbidden } from './refusals';

const twilioHost = 'taskrouter.twilio.com';
const hostForm = /^(\[[0-9a-f:]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/**
 * The origin that the client knows us by, for the absolute URLs in answers: whoever asks for taskrouter.twilio.com
 * comes through a proxy that ended TLS.
 * @throws Forbidden for any other name than ours: a page that rebinds its own DNS name to loopback must not get in.
 */
export function originOf(headers: IncomingHttpHeaders, allowedHosts: readonly string[] = []): string {
  const host = headers.host ?? '';
  const name = hostName(host);
  if (name === twilioHost) return `https://${host}`;
  if (name !== undefined && (isLoopbackHost(name) || allowedHosts.includes(name))) return `http://${host}`;
  throw new Forbidden(`Host '${host}' is not a name of this service: use localhost or ${twilioHost}`);
}

/** Without the port, in lower case; undefined for what is no host. */
export function hostName(host: string): string | undefined {
  return hostForm.exec(host)?.[1]?.toLowerCase();
}

/**
 * A browser sends its Basic credentials along with any page's form, and says whose page it was. Our own pages only; a
 * link may be followed from anywhere, because it changes nothing and who made it cannot read the answer.
 * @throws Forbidden
 */
export function refuseOtherOrigins({ method = 'GET', headers }: IncomingMessage, own: string): void {
  const site = headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && !['GET', 'HEAD'].includes(method);
  if (isForeign || (headers.origin !== undefined && headers.origin !== own))
    throw new Forbidden('Requests from pages of another origin are refused');
}
