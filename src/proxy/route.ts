import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Certificates } from './certificates';

/** What a proxy does, and for which hosts. */
export interface ProxyOptions {
  readonly certificates: Certificates;
  /** What to do with a host, by its name in lower case. */
  readonly routeOf: (hostName: string) => ProxyRoute;
  /** Called with each refused host, as `name:port`. */
  readonly onRefused: (target: string) => void;
  /** The certificates to trust for hosts that pass, in PEM; default: Node's. Only for requests in absolute form. */
  readonly trusted?: string | undefined;
}

/** A host is served here, its connections pass through untouched, or they are refused. */
export type ProxyRoute = ServedHost | 'pass' | 'refuse';

/** A host that is served here. */
export interface ServedHost {
  readonly request: RequestListener;
  /** Receives requests to change the protocol, such as to WebSocket; default: they are refused. */
  readonly upgrade?: UpgradeListener | undefined;
}

/** Like the `upgrade` event of node:http. */
type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The response to a request for a host that is refused. */
export function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' });
  response.end('This proxy does not connect to this host.\n');
}

/** The response to a request for a tunnel or another protocol. */
export const emptyResponse = (status: string): string =>
  `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
