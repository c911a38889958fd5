import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardConnections, guardedServer } from '../../system/connection-guard';
import { finishRequests } from '../../system/finish-requests';
import type { LocalListener } from '../../system/local-listener';
import { maxBodyBytes } from '../shared/options';
import { earlyResponse, unreadable } from '../shared/responses';

/** @param requestMs how long a request may take to arrive */
export function createPublicServer(receive: RequestListener, requestMs: number): Server {
  const server = createServer(guardedServer(requestMs), receive);
  guardConnections(server, { maxBodyBytes }, (status) => earlyResponse(unreadable(status)));
  return server;
}

/**
 * @returns the port, chosen by the system if `port` is 0
 * @throws Error with `code` EADDRINUSE, EACCES, EADDRNOTAVAIL …
 */
export function listen(
  server: Server,
  at: { readonly port: number; readonly host: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: at.port, host: at.host }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Accepts no more requests and waits for those in flight, at most `graceMs`; then it closes their connections. */
export async function finish(server: Server, graceMs: number, listener?: LocalListener): Promise<void> {
  const closed = Promise.all([new Promise((resolve) => server.close(resolve)), listener?.close()]);
  await finishRequests(server, graceMs, closed);
}
