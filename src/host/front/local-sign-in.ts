import type { IncomingMessage } from 'node:http';
import { basicAuthorization } from '../../common/http-basic';
import { isOwnRequest, type OwnsConnection } from '../../system/own-connection';
import type { OperatorCredentials } from '../shared/options';
import type { Route } from '../shared/routes';
import type { AddressedRequest } from './routed-request';

/**
 * The Authorization header to add, so that nobody needs a password on their own machine. Only for public Functions
 * that check it, only for this user's own requests, and only when no other site can have caused the request: the Function rejects
 * those. A request with credentials keeps its own.
 */
export async function localAuthorization(
  {
    request,
    route,
  }: Pick<AddressedRequest, 'request'> & { readonly route: Pick<Route, 'access' | 'signsIn'> },
  operator: OperatorCredentials | null | undefined,
  ownsConnection: OwnsConnection,
): Promise<string | undefined> {
  if (!operator || !route.signsIn || route.access !== 'public') return undefined;
  if (request.headers.authorization !== undefined) return undefined;
  if (!isSameOrigin(request)) return undefined;
  if (!(await isOwnRequest(request, ownsConnection))) return undefined;
  return basicAuthorization(operator.username, operator.password);
}

/** By Fetch Metadata. Without it, the request is not from another site's page (foreign-page.ts). */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  return [undefined, 'same-origin', 'none'].includes(headers['sec-fetch-site'] as string | undefined);
}
