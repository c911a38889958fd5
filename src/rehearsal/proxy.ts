import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import {
  createServer as createTlsServer,
  type Server as TlsServer,
  type ServerOptions as TlsServerOptions,
} from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import { finish, listen } from '../host/front/public-server';
import { listeningUrl } from '../system/listening-url';
import type { Certificates } from './certificates';

interface ProxyOptions {
  readonly certificates: Certificates;
  /** Serves the requests to a host; undefined for a host that is not ours. */
  readonly listenerFor: (hostName: string) => RequestListener | undefined;
  /** Called with each refused host, as `name:port`. */
  readonly onRefused: (target: string) => void;
}

/** The way into the rehearsal: clients that use it as their proxy find Twilio's hosts here, and no other host. */
export interface EmulatorProxy {
  readonly url: string;
  /** Takes TLS connections without CONNECT; the server name tells which host is meant. */
  readonly tlsPort: number;
  close(): Promise<void>;
}

const loopback = '127.0.0.1';
/** How long requests in flight may take once the proxy closes. In ms. */
const graceMs = 3_000;

/** A proxy on loopback that ends TLS itself. No request leaves this computer. */
export async function startProxy(options: ProxyOptions): Promise<EmulatorProxy> {
  const inside = createInsideServer(options);
  const outside = createServer((request, response) => receiveAbsolute(request, response, options));
  const sockets = tunnelInto(inside, outside, options);
  const port = await listen(outside, { port: 0, host: loopback });
  const tlsPort = await listen(inside, { port: 0, host: loopback });
  return {
    url: listeningUrl(loopback, port),
    tlsPort,
    async close() {
      inside.closeIdleConnections();
      await Promise.all([finish(outside, graceMs), finish(inside, graceMs)]);
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Ends TLS, for our hosts only. */
function createInsideServer({ certificates, listenerFor, onRefused }: ProxyOptions): TlsServer {
  const certificate = { cert: certificates.certificate, key: certificates.key };
  const context = createSecureContext(certificate);
  const settings: TlsServerOptions = {
    ...certificate,
    SNICallback: (name, done) => {
      if (listenerFor(hostNameOf(name))) return done(null, context);
      onRefused(`${name}:443`);
      done(new Error(`${name} is not a host of the rehearsal`));
    },
  };
  const server = createTlsServer(settings, (request, response) => {
    const host = request.headers.host ?? '';
    const listener = listenerFor(hostNameOf(host));
    if (listener) return listener(request, response);
    onRefused(host);
    refuse(response);
  });
  // Clients keep connections open. One that times out while a request arrives would look like a failure.
  server.keepAliveTimeout = 0;
  return server;
}

/**
 * Some clients, such as axios, send the proxy a request in absolute form instead of CONNECT, also for https
 * (RFC 9112, section 3.2.2). Its target counts, not its Host header.
 */
function receiveAbsolute(
  request: IncomingMessage,
  response: ServerResponse,
  { listenerFor, onRefused }: ProxyOptions,
): void {
  const target = request.url ?? '';
  const [, host = '', path = ''] = /^https:\/\/([\w.-]+)(?::443)?((?:[/?].*)?)$/is.exec(target) ?? [];
  const listener = listenerFor(hostNameOf(host));
  if (!listener) {
    onRefused(URL.canParse(target) ? targetOf(new URL(target)) : target);
    refuse(response);
    return;
  }
  request.url = path.startsWith('/') ? path : `/${path}`;
  request.headers.host = host;
  listener(request, response);
}

/** As `name:port`. */
function targetOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`;
}

/** @returns the sockets of all tunnels */
function tunnelInto(
  inside: TlsServer,
  outside: Server,
  { listenerFor, onRefused }: ProxyOptions,
): Set<Duplex> {
  const sockets = new Set<Duplex>();
  outside.on('connect', ({ url: target = '' }: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client may disconnect at any time.
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
  return sockets;
}

function hostNameOf(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' });
  response.end("This proxy only connects to the rehearsal's Twilio hosts.\n");
}
