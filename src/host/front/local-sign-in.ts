import type { IncomingMessage } from 'node:http';
import { basicAuthorization } from '../../common/http-basic';
import { isLoopbackHost, isLoopbackPeer } from '../../common/loopback';
import { hostName, isForwarded } from '../../common/own-address';
import type { OperatorCredentials } from '../shared/options';
import type { RoutedRequest } from './routed-request';

/**
 * The Authorization header to add, so that nobody needs a password on their own machine. Only for public Functions,
 * only for connections from this machine, and only when no other site can have caused the request: the Function
 * rejects those. A request with credentials keeps its own.
 */
export function localAuthorization(
  routed: RoutedRequest,
  operator: OperatorCredentials | null | undefined,
): string | undefined {
  const { request, route, origins } = routed;
  if (!operator || route.type !== 'function' || route.access !== 'public') return undefined;
  if (request.headers.authorization !== undefined) return undefined;
  if (!isOnThisComputer(request)) return undefined;
  return isSameOrigin(request, origins[0] ?? '')
    ? basicAuthorization(operator.username, operator.password)
    : undefined;
}

/** A tunnel connects from this computer, too, but forwards requests from elsewhere. */
function isOnThisComputer({ headers, socket }: IncomingMessage): boolean {
  if (isForwarded(headers) || !isLoopbackPeer(socket.remoteAddress)) return false;
  return isLoopbackHost(hostName(headers.host) ?? '');
}

/** By Fetch Metadata where the browser sends it, else by Origin and Referer. */
function isSameOrigin({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const isOurs = (value: string | undefined) =>
    value === undefined || value === origin || value.startsWith(`${origin}/`);
  return isOurs(headers.origin) && isOurs(headers.referer);
}
