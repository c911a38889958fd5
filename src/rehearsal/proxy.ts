import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { finish, listen } from '../host/front/public-server';
import { listeningUrl } from '../system/listening-url';
import type { Certificates } from './certificates';

export interface ProxyOptions {
  readonly certificates: Certificates;
  /** Who answers for a host; undefined for one that is not ours. */
  readonly listenerFor: (hostName: string) => RequestListener | undefined;
  /** Told of each host that was refused, as `name:port`. */
  readonly onRefused: (target: string) => void;
}

/** The way into the rehearsal: whoever uses it as proxy finds Twilio's hosts here, and no other host at all. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
/** How long requests may take to be finished once the proxy closes. In ms. */
const graceMs = 3_000;

/** A CONNECT proxy on loopback that ends TLS itself. Nothing it is asked for leaves this computer. */
export async function startProxy({ certificates, listenerFor, onRefused }: ProxyOptions): Promise<Proxy> {
  const { certificate: cert, key } = certificates;
  const inside = createTlsServer({ cert, key }, (request, response) => {
    const listener = listenerFor(hostNameOf(request.headers.host ?? ''));
    if (listener) listener(request, response);
    else refuse(request, response);
  });
  const outside = createServer((request, response) => {
    // Without CONNECT a request would travel unencrypted; Twilio's hosts take none such.
    onRefused(request.url ?? '');
    refuse(request, response);
  });
  const sockets = new Set<Duplex>();

  outside.on('connect', ({ url: target = '' }: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that breaks off is no fault of ours.
    socket.on('error', () => socket.destroy());
    if (!/:443$/.test(target) || !listenerFor(hostNameOf(target))) {
      onRefused(target);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    inside.emit('connection', socket);
  });

  const port = await listen(outside, { port: 0, host: loopback });
  return {
    url: listeningUrl(loopback, port),
    async close() {
      inside.closeIdleConnections();
      await finish(outside, graceMs);
      inside.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function hostNameOf(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}

function refuse(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' });
  response.end('This proxy leads to the rehearsal of Twilio, and to no other host.\n');
}
