import type { IncomingMessage } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import { emptyResponse, type ProxyOptions, refuse, type ServedHost } from './route';
import { hostNameOf } from './target';

/** Ends TLS, for the hosts that are served here only. */
export function createInsideServer({ certificates, routeOf, onRefused }: ProxyOptions): Server {
  const certificate = { cert: certificates.certificate, key: certificates.key };
  const context = createSecureContext(certificate);
  const servedHost = (name: string): ServedHost | undefined => {
    const route = routeOf(hostNameOf(name));
    return typeof route === 'object' ? route : undefined;
  };
  const settings: ServerOptions = {
    ...certificate,
    SNICallback: (name, done) => {
      if (servedHost(name)) return done(null, context);
      onRefused(`${name}:443`);
      done(new Error(`${name} is not served here`));
    },
  };
  const server = createServer(settings, (request, response) => {
    const { host = '' } = request.headers;
    const served = servedHost(host);
    if (served) return served.request(request, response);
    onRefused(host);
    refuse(response);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const upgrade = servedHost(request.headers.host ?? '')?.upgrade;
    // A client may disconnect at any time.
    socket.on('error', () => socket.destroy());
    if (upgrade) return upgrade(request, socket, head);
    socket.end(emptyResponse('403 Forbidden'));
  });
  // Clients keep connections open. One that times out while a request arrives would look like a failure.
  server.keepAliveTimeout = 0;
  return server;
}
