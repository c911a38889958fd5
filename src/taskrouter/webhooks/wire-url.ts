import { basicAuthorization } from '../../common/http-basic';

/** A callback URL as it goes over the wire. */
export interface WireUrl {
  /** What the signature covers: scheme, user information, host, port, path and query, without the fragment. */
  readonly href: string;
  readonly origin: string;
  /** Path and query exactly as requested. */
  readonly path: string;
  /** Value of the Authorization header when the URL carries user information, else null. */
  readonly authorization: string | null;
}

/**
 * Takes a configured URL apart without normalising it, because the receiver checks the signature against the
 * characters it was asked for. Our choice: only what HTTP cannot carry (spaces, non-ASCII) is percent-encoded, and a
 * missing path becomes `/`. Null when it is not an http or https URL.
 */
export function wireUrl(configured: string): WireUrl | null {
  const parts = /^(https?:\/\/[^/?#]+)([^?#]*)(\?[^#]*)?(?:#.*)?$/is.exec(configured);
  if (!parts?.[1]) return null;
  try {
    const { origin, username, password } = new URL(parts[1]);
    const path = carriable(parts[2] || '/') + carriable(parts[3] ?? '');
    return { href: parts[1] + path, origin, path, authorization: basic(username, password) };
  } catch {
    return null;
  }
}

/** Scheme, host and port in lower case, or the text itself when it is no URL. */
export function originOf(configured: string): string {
  return wireUrl(configured)?.origin ?? configured;
}

function carriable(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function basic(username: string, password: string): string | null {
  if (!username && !password) return null;
  return basicAuthorization(decodeURIComponent(username), decodeURIComponent(password));
}
