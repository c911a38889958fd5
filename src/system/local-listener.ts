import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer } from 'node:net';
import { isLoopbackPeer, isUnspecifiedAddress } from '../common/loopback';
import { listeningUrl } from './listening-url';

interface Address {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** A server that programs on this computer reach at `url`, a loopback address. */
export interface LocalListener {
  readonly url: string;
  readonly port: number;
  /** Accepts no more connections at the loopback address of its own, and waits for those that are open. */
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

/**
 * Starts a server on an address. If programs on this computer would not reach it on a loopback address, it listens on
 * 127.0.0.1, too, on the same port: callbacks, the Functions' requests to TaskRouter, and commands stay on this
 * computer, whatever the address.
 * @param listen starts the server itself
 * @throws Error with `code` EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND …
 */
export async function listenLocally(
  server: Server,
  at: Address,
  listen: (at: Address) => Promise<unknown>,
): Promise<LocalListener> {
  const { address } = await lookup(at.host);
  const isReached = isLoopbackPeer(address) || isUnspecifiedAddress(address);
  const own = isReached ? null : await listenOnLoopback(server, at.port);
  try {
    await listen({ host: at.host, port: own ? portOf(own) : at.port });
  } catch (error) {
    own?.close();
    throw error;
  }
  const port = portOf(server);
  return {
    url: listeningUrl(isLoopbackPeer(address) ? at.host : loopback, port),
    port,
    close: async () => void (own && (await closed(own))),
  };
}

/** Hands its connections to the server, as https://nodejs.org/api/http.html#event-connection allows. */
async function listenOnLoopback(server: Server, port: number): Promise<NetServer> {
  // As node:http creates its servers.
  const own = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    server.emit('connection', socket),
  );
  own.listen({ host: loopback, port });
  await once(own, 'listening');
  return own;
}

const portOf = (server: NetServer): number => (server.address() as AddressInfo).port;

const closed = (server: NetServer) => new Promise<void>((resolve) => server.close(() => resolve()));
