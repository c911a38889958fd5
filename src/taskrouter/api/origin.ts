import type { IncomingHttpHeaders } from 'node:http';
import { Forbidden } from './refusals';

const twilioHost = 'taskrouter.twilio.com';
const loopback = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const hostForm = /^(\[[0-9a-f:]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/**
 * The origin that the client knows us by, for the absolute URLs in answers: whoever asks for taskrouter.twilio.com
 * comes through a proxy that ended TLS.
 * @throws Forbidden for any other name than ours: a page that rebinds its own DNS name to loopback must not get in.
 */
export function originOf(headers: IncomingHttpHeaders, allowedHosts: readonly string[] = []): string {
  const host = headers.host ?? '';
  const name = hostForm.exec(host)?.[1]?.toLowerCase();
  if (name === twilioHost) return `https://${host}`;
  if (name !== undefined && (loopback.test(name) || allowedHosts.includes(name))) return `http://${host}`;
  throw new Forbidden(`Host '${host}' is not a name of this service: use localhost or ${twilioHost}`);
}

/**
 * A browser sends its Basic credentials along with any page's form, and says whose page it was. Our own pages only.
 * @throws Forbidden
 */
export function refuseOtherOrigins(headers: IncomingHttpHeaders, own: string): void {
  if (headers.origin !== undefined && headers.origin !== own) {
    throw new Forbidden('Requests from pages of another origin are refused');
  }
}
