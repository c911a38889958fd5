/**
 * In a frame of another page, a page stays empty and sends no requests, to prevent clickjacking. Content Security
 * Policy has `frame-ancestors` for this, but not in a <meta> (https://www.w3.org/TR/CSP3/#meta-element), and Twilio's
 * Assets do not allow custom headers.
 */
export function isFramed(): boolean {
  return window.top !== window.self;
}
