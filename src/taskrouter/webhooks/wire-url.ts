import { basicAuthorization } from '../../common/http-basic';
import { remembering } from '../../common/remembering';

/** A callback URL as it is sent. */
interface WireUrl {
  /** The signed URL: scheme, user information, host, port, path, and query, without the fragment. */
  readonly href: string;
  readonly origin: string;
  /** Path and query exactly as requested. */
  readonly path: string;
  /** The Authorization header if the URL contains user information; otherwise null. */
  readonly authorization: string | null;
}

/**
 * Splits a configured URL without normalizing it, because the receiver checks the signature against the exact characters.
 * Our choice: only characters that HTTP does not allow (spaces, non-ASCII) are percent-encoded, and a missing path becomes
 * `/`. Null if it is not an http or https URL.
 */
export const wireUrl = remembering((configured: string): WireUrl | null => {
  const parts = /^(https?:\/\/[^/?#]+)([^?#]*)(\?[^#]*)?(?:#.*)?$/is.exec(configured);
  if (!parts?.[1]) return null;
  try {
    const { origin, username, password } = new URL(parts[1]);
    const path = percentEncoded(parts[2] || '/') + percentEncoded(parts[3] ?? '');
    return { href: parts[1] + path, origin, path, authorization: basic(username, password) };
  } catch {
    return null;
  }
});

function percentEncoded(text: string): string {
  return text.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}

function basic(username: string, password: string): string | null {
  if (!username && !password) return null;
  return basicAuthorization(decodeURIComponent(username), decodeURIComponent(password));
}
