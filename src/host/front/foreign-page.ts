import { crossSiteRefused } from '../../common/operator-guard';
import { isFromForeignPage } from '../../common/own-address';
import type { HostResponse } from '../shared/responses';
import type { Route } from '../shared/routes';
import type { AddressedRequest } from './routed-request';

/**
 * Rejects requests that a page of another origin made a browser send without Fetch Metadata: an old browser, or one that
 * reaches the host over a network address. With Fetch Metadata, the Function decides. It cannot decide here, because it
 * sees neither `Host` nor `Referer`.
 */
export function rejectForeignPage({
  request,
  route,
  origins,
}: AddressedRequest & { readonly route: Pick<Route, 'type' | 'access'> }): HostResponse | undefined {
  const { headers } = request;
  if (route.type !== 'function' || route.access !== 'public') return undefined;
  if (headers['sec-fetch-site'] !== undefined || !isFromForeignPage(headers, origins)) return undefined;
  return { status: 403, ...crossSiteRefused };
}
