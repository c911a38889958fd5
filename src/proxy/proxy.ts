import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { finish, listen } from '../host/front/public-server';
import { finishRequests } from '../system/finish-requests';
import { listeningUrl } from '../system/listening-url';
import { receiveAbsolute } from './absolute-form';
import { joinStreams } from './forward-to';
import { createInsideServer } from './inside-server';
import { emptyResponse, type ProxyOptions } from './route';
import { targetOf } from './target';

/** The way into what runs here: clients that use it as their proxy find Twilio's hosts here. */
export interface Proxy {
  readonly url: string;
  /** Takes TLS connections without CONNECT; the server name tells which host is meant. */
  readonly tlsPort: number;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
/** How long requests in flight may take once the proxy closes. In ms. */
const graceMs = 3_000;

/** A proxy on loopback that ends the TLS of the hosts that are served here. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const inside = createInsideServer(options);
  const outside = createServer((request, response) => receiveAbsolute(request, response, options));
  const tunnels = new OpenStreams();
  const lasting = new OpenStreams();
  inside.on('upgrade', (_request, socket) => lasting.add(socket));
  tunnelInto(inside, outside, { tunnels, lasting }, options);
  const port = await listen(outside, { port: 0, host: loopback });
  const tlsPort = await listen(inside, { port: 0, host: loopback });
  return {
    url: listeningUrl(loopback, port),
    tlsPort,
    async close() {
      lasting.destroyAll();
      // Connections without a handshake are known to neither server.
      const late = setTimeout(() => tunnels.destroyAll(), graceMs);
      const closed = Promise.all([finish(outside, graceMs), new Promise((resolve) => inside.close(resolve))]);
      await finishRequests(inside, graceMs, closed);
      clearTimeout(late);
    },
  };
}

class OpenStreams {
  readonly #open = new Set<Duplex>();

  add(stream: Duplex): void {
    this.#open.add(stream);
    stream.once('close', () => this.#open.delete(stream));
  }

  destroyAll(): void {
    for (const stream of this.#open) stream.destroy();
  }
}

interface Streams {
  readonly tunnels: OpenStreams;
  /** Those without requests that could be waited for: connections that pass, and WebSockets. */
  readonly lasting: OpenStreams;
}

function tunnelInto(
  inside: TlsServer,
  outside: Server,
  { tunnels, lasting }: Streams,
  { routeOf, onRefused }: ProxyOptions,
): void {
  outside.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex, head: Buffer) => {
    tunnels.add(socket);
    // A client may disconnect at any time.
    socket.on('error', () => socket.destroy());
    const target = targetOf(`https://${url}`);
    const route = target ? routeOf(target.name) : 'refuse';
    if (head.length > 0) socket.unshift(head);
    if (target && route === 'pass') {
      lasting.add(socket);
      return pass(socket, target);
    }
    if (typeof route === 'string' || target?.port !== 443) {
      onRefused(url);
      return socket.end(emptyResponse('403 Forbidden'));
    }
    socket.write(established);
    inside.emit('connection', socket);
  });
}

const established = 'HTTP/1.1 200 Connection Established\r\n\r\n';

/** Connects the tunnel to the host itself. */
function pass(socket: Duplex, { name, port }: { readonly name: string; readonly port: number }): void {
  const upstream = connect({ host: name, port });
  upstream.once('error', () => socket.end(emptyResponse('502 Bad Gateway')));
  upstream.once('connect', () => {
    upstream.removeAllListeners('error');
    socket.write(established);
    joinStreams(socket, upstream);
  });
  socket.once('close', () => upstream.destroy());
}
