import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { eventBridgePath } from '../../common/event-bridge-url';
import { listenForWebSockets } from '../../system/web-socket-upgrade';
import type { Connector } from './connect';

/** Gives the connector every WebSocket that is for this service and for the path of the event bridge. */
export function acceptUpgrades(
  server: Server,
  requireOwnHost: (headers: IncomingMessage['headers']) => unknown,
  connector: Connector,
): void {
  listenForWebSockets(server, (request, socket, head) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path.replace(/\/$/, '') !== eventBridgePath) return refuse(socket, '404 Not Found');
    try {
      requireOwnHost(request.headers);
    } catch {
      return refuse(socket, '403 Forbidden');
    }
    connector.upgrade(request, socket, head);
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
