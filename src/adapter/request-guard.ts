import { LifecycleError } from '../steps/errors';
import { header, type RequestHeaders } from './request-headers';

/**
 * Refuses what a browser was made to send by another site, or sends ahead of its user: a Function cannot see the
 * method, so that a mere link would otherwise create work under a remembered password.
 *
 * Values that Fetch Metadata does not define are ignored, as it asks (https://www.w3.org/TR/fetch-metadata/).
 *
 * @throws {LifecycleError} `cross_site_refused`.
 */
export function rejectForeignRequest(headers: RequestHeaders, readOnly: boolean): void {
  const isForeign = ['cross-site', 'same-site'].includes(lower(headers, 'sec-fetch-site'));
  const isAllowed = !isForeign || (readOnly && isNavigation(headers));
  if (isAllowed && !isPrefetch(headers)) return;
  throw new LifecycleError(
    'cross_site_refused',
    "Requests that come from another site's page, and prefetches, are refused: paste the address into the address bar.",
  );
}

/** A page opened as a whole, by a link or a typed address: another site cannot read what it shows. */
function isNavigation(headers: RequestHeaders): boolean {
  return (
    lower(headers, 'sec-fetch-mode') === 'navigate' &&
    ['', 'document'].includes(lower(headers, 'sec-fetch-dest'))
  );
}

/** `Sec-Purpose: prefetch;prerender` is one too; `Purpose` is its older name. */
function isPrefetch(headers: RequestHeaders): boolean {
  return ['sec-purpose', 'purpose'].some((name) => /^prefetch\b/.test(lower(headers, name)));
}

function lower(headers: RequestHeaders, name: string): string {
  return header(headers, name)?.trim().toLowerCase() ?? '';
}
