import type { IncomingMessage } from 'node:http';
import { basicAuthorization } from '../../common/http-basic';
import { isLoopbackPeer } from '../../common/loopback';
import type { OperatorCredentials } from '../shared/options';
import type { FunctionRequest } from './function-request';

/**
 * The Authorization header to add, so that nobody is asked for a password on their own machine. Only for public
 * Functions, only from this machine, and only when no other site can have caused the request: those go on
 * unsigned and the Function refuses them. A request that brings credentials keeps them.
 */
export function localAuthorization(
  visit: FunctionRequest,
  operator: OperatorCredentials | null | undefined,
): string | undefined {
  const { request, route, origin } = visit;
  if (!operator || route.type !== 'function' || route.access !== 'public') return undefined;
  if (request.headers.authorization !== undefined) return undefined;
  if (!isLoopbackPeer(request.socket.remoteAddress)) return undefined;
  return isOurOwn(request, origin) ? basicAuthorization(operator.username, operator.password) : undefined;
}

/** Fetch Metadata where the browser sends it; where it does not, Origin and Referer may not be another's. */
function isOurOwn({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const isOurs = (value: string | undefined) =>
    value === undefined || value === origin || value.startsWith(`${origin}/`);
  return isOurs(headers.origin) && isOurs(headers.referer);
}
