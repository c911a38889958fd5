import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost } from '../../common/loopback';
import type { HostResponse } from '../shared/responses';

const unspecified = new Set(['0.0.0.0', '::']);

/**
 * Rejects a Host header that does not name this host. A foreign page can point its own name at this address (DNS
 * rebinding) and then counts as same-origin; its Host header still carries the foreign name. An IP address cannot be
 * rebound, so any is accepted once the host listens on all of them.
 */
export function rejectForeignHost(
  request: IncomingMessage,
  configuredHost: string,
): HostResponse | undefined {
  const name = (request.headers.host ?? '').replace(/:\d*$/, '').replace(/^\[|\]$/g, '');
  if (isLoopbackHost(name) || name.toLowerCase() === configuredHost.toLowerCase()) return undefined;
  if (unspecified.has(configuredHost) && isIP(name) > 0) return undefined;
  return {
    status: 421,
    code: 'host_refused',
    message: 'Use a loopback name, such as localhost, or the host name this server was started with.',
  };
}
