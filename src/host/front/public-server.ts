import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { within } from '../shared/deferred';

/**
 * @returns the port, which the system chose if 0 was asked for
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

/** Takes no more requests and waits for those in flight; what is not answered after `graceMs` is cut off. */
export async function finish(server: Server, graceMs: number): Promise<void> {
  const finished = new Promise((resolve) => server.close(resolve));
  // A kept-alive connection becomes idle only after its last answer, and would then be waited for.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  await within(graceMs, finished);
  clearInterval(sweep);
  server.closeAllConnections();
}
