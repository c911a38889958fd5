import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackHost } from '../../common/loopback';
import type { HostResponse } from '../shared/responses';

const unspecified = new Set(['0.0.0.0', '::']);

/**
 * Refuses a Host that is not ours. A page of somebody else can point its own name at this address (DNS
 * rebinding) and would then count as same-origin; the name it was loaded under gives it away. An address instead
 * of a name cannot be rebound, so any is fine once the host listens on all of them.
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
    message: 'This server answers only to a loopback name or to the host it was started with.',
  };
}
