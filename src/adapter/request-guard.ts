import { LifecycleError } from '../steps/errors';
import { header, type RequestHeaders } from './request-headers';

/**
 * Rejects requests that another site made the browser send, and prefetches. A Function cannot see the method, so a mere
 * link could otherwise create work with a remembered password.
 *
 * Unknown values of Fetch Metadata are ignored, as the specification requires (https://www.w3.org/TR/fetch-metadata/).
 *
 * @throws {LifecycleError} `cross_site_refused`.
 */
export function rejectForeignRequest(headers: RequestHeaders, readOnly: boolean): void {
  const isForeign = ['cross-site', 'same-site'].includes(lower(headers, 'sec-fetch-site'));
  const isAllowed = !isForeign || (readOnly && isNavigation(headers));
  if (isAllowed && !isPrefetch(headers)) return;
  throw new LifecycleError(
    'cross_site_refused',
    "Requests from another site's page and prefetches are rejected. Paste the address into the address bar.",
  );
}

/** Opens a page by a link or a typed address: another site cannot read its content. */
function isNavigation(headers: RequestHeaders): boolean {
  return (
    lower(headers, 'sec-fetch-mode') === 'navigate' &&
    ['', 'document'].includes(lower(headers, 'sec-fetch-dest'))
  );
}

/** Includes `Sec-Purpose: prefetch;prerender`; `Purpose` is the header's older name. */
function isPrefetch(headers: RequestHeaders): boolean {
  return ['sec-purpose', 'purpose'].some((name) => /^prefetch\b/.test(lower(headers, name)));
}

function lower(headers: RequestHeaders, name: string): string {
  return header(headers, name)?.trim().toLowerCase() ?? '';
}
