/**
 * Who may send requests for the operator, in the words of Fetch Metadata (https://www.w3.org/TR/fetch-metadata/) and HTTP
 * Basic. The Functions check their own requests; the host checks those that it forwards to TaskRouter.
 */

/** A header of the request by its lower-case name. */
type ReadHeader = (name: string) => string | undefined;

/** Whether a page of another site, or of another port of this computer, caused it. Unknown values are ignored, as specified. */
export function isFromOtherSite(header: ReadHeader): boolean {
  return ['cross-site', 'same-site'].includes(lower(header('sec-fetch-site')));
}

/** Opens a page by a link or a typed address: another site cannot read its content. */
export function isNavigation(header: ReadHeader): boolean {
  return (
    lower(header('sec-fetch-mode')) === 'navigate' &&
    ['', 'document'].includes(lower(header('sec-fetch-dest')))
  );
}

/** Includes `Sec-Purpose: prefetch;prerender`; `Purpose` is the header's older name. */
export function isPrefetch(header: ReadHeader): boolean {
  return ['sec-purpose', 'purpose'].some((name) => /^prefetch\b/.test(lower(header(name))));
}

const lower = (value = ''): string => value.trim().toLowerCase();

export const crossSiteRefused = {
  code: 'cross_site_refused',
  message:
    "Requests from another site's page and prefetches are rejected. Paste the address into the address bar.",
} as const;

export const signInRequired = {
  code: 'sign_in_required',
  message:
    'Sign in as the operator with HTTP Basic (OPERATOR_USERNAME, OPERATOR_PASSWORD). On the computer that runs "npx taskrouter start", "npx taskrouter env" prints both.',
} as const;

/** RFC 7617. A browser shows the realm when it asks for the password. */
export const signInChallenge = 'Basic realm="TaskRouter lifecycle", charset="UTF-8"';
