import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often to look for connections that nobody waits for, in ms. */
const sweepMs = 20;

const openConnections = new WeakMap<Server, Set<Socket>>();

/** Remembers the connections of a server, for `finishRequests`. */
export function trackConnections(server: Server): void {
  const open = new Set<Socket>();
  openConnections.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
}

/**
 * Waits for the requests in progress of a server that accepts no more connections, at most `graceMs`; then it closes
 * their connections.
 * @param closed resolves when the server has no connection left
 */
export async function finishRequests(
  server: Server,
  graceMs: number,
  closed: Promise<unknown>,
): Promise<void> {
  // A kept-alive connection becomes idle only after its last response, and would keep the server open.
  const sweep = setInterval(() => closeUnused(server), sweepMs);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    await closed;
  } finally {
    clearInterval(sweep);
    clearTimeout(timer);
  }
}

/** For node:http, a connection on which nothing has arrived yet is not idle. Browsers open such connections in advance. */
function closeUnused(server: Server): void {
  server.closeIdleConnections();
  for (const socket of openConnections.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}
