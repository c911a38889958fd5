import { canonicalName } from '../common/twilio-hosts';

/** What a client wants to reach through the proxy. */
export interface Target {
  readonly protocol: 'http:' | 'https:';
  /** In lower case; an IPv6 address has no brackets. */
  readonly name: string;
  readonly port: number;
  readonly path: string;
}

/** Reads an absolute URL as a proxy receives it; undefined if it is not one of http or https. */
export function targetOf(url: string): Target | undefined {
  // A URL parser would also take other characters than a client may send here.
  const [, scheme = '', host = '', port, path = ''] =
    /^(https?:)\/\/([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?((?:[/?].*)?)$/is.exec(url) ?? [];
  if (host === '') return undefined;
  const protocol = scheme.toLowerCase() === 'http:' ? 'http:' : 'https:';
  return {
    protocol,
    name: hostNameOf(host),
    port: port === undefined ? defaultPorts[protocol] : Number(port),
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

const defaultPorts = { 'http:': 80, 'https:': 443 } as const;

/** The name in a Host header or a URL. */
export function hostNameOf(host: string): string {
  return canonicalName(host.replace(/:\d*$/, '').replace(/^\[|\]$/g, ''));
}
