import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost, isUnspecifiedAddress } from './loopback';

/** The addresses of a server. */
export interface OwnAddress {
  /** The name or address that it listens on. */
  readonly host?: string | undefined;
  /** Its origin on the internet, where a tunnel forwards to it, such as `https://name.example`. */
  readonly publicUrl?: string | undefined;
  /** Selects the names under which a proxy that ends TLS forwards to it; default: none. */
  readonly isProxied?: ((name: string) => boolean) | undefined;
}

const hostForm = /^(\[[0-9a-f:]+\]|[\w.-]+)(?::\d{1,5})?$/i;

/** The name in a Host header, without the port and in lower case; undefined if the header is not valid. */
export function hostName(host: string | undefined): string | undefined {
  return hostForm.exec(host ?? '')?.[1]?.toLowerCase();
}

/**
 * Decides which addresses are ours. A page can point its own name at this computer (DNS rebinding) and then counts as
 * same-origin; its Host header still carries the foreign name. An IP address cannot be rebound, so every one is accepted
 * if the server listens on all of them.
 * @param host the Host header
 * @returns the origins under which the client may have addressed this server, the most likely first: a tunnel can
 *   replace the Host header by a local one. Empty if the header names another server
 */
export function ownOrigins(host: string | undefined, address: OwnAddress): readonly string[] {
  const name = hostName(host);
  if (name === undefined) return [];
  const { publicUrl, isProxied } = address;
  if (publicUrl !== undefined && new URL(publicUrl).hostname === name) return [publicUrl];
  if (isProxied?.(name)) return [`https://${host}`];
  if (!isLocalName(name, address.host)) return [];
  return [`http://${host}`, ...(publicUrl === undefined ? [] : [publicUrl])];
}

function isLocalName(name: string, listeningOn = ''): boolean {
  if (isLoopbackHost(name) || name === urlHost(listeningOn)) return true;
  return isUnspecifiedAddress(listeningOn) && isIP(name.replace(/^\[|\]$/g, '')) > 0;
}

/** The name or address as clients spell it in URLs, such as `[fd00::1]` for `FD00:0::1`. */
function urlHost(host: string): string {
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}`;
  return URL.canParse(url) ? new URL(url).hostname : host.toLowerCase();
}

/**
 * Whether a page of another origin caused the request, as far as `Origin` and `Referer` tell. Browsers send Fetch Metadata
 * (https://www.w3.org/TR/fetch-metadata/), which tells more, but only to https URLs and to loopback.
 * @param own the origins of this server
 */
export function isFromForeignPage({ origin, referer }: IncomingHttpHeaders, own: readonly string[]): boolean {
  const isOwn = (value: string) => own.some((each) => value === each || value.startsWith(`${each}/`));
  return [origin, referer].some((value) => value !== undefined && !isOwn(value));
}

/** Whether a proxy or tunnel forwarded the request. Its connection then comes from this computer, its client may not. */
export function isForwarded(headers: IncomingHttpHeaders): boolean {
  const names = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'];
  return names.some((name) => headers[name] !== undefined);
}
