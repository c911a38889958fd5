import { crossSiteRefused, isFromOtherSite, isNavigation, isPrefetch } from '../common/operator-guard';
import { LifecycleError } from '../steps/errors';
import { header, type RequestHeaders } from './request-headers';

/**
 * Rejects requests that another site made the browser send, and prefetches. A Function cannot see the method, so a mere
 * link could otherwise create work with a remembered password.
 *
 * @throws {LifecycleError} `cross_site_refused`.
 */
export function rejectForeignRequest(headers: RequestHeaders, readOnly: boolean): void {
  const read = (name: string) => header(headers, name);
  const isAllowed = !isFromOtherSite(read) || (readOnly && isNavigation(read));
  if (isAllowed && !isPrefetch(read)) return;
  throw new LifecycleError(crossSiteRefused.code, crossSiteRefused.message);
}
