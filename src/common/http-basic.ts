import { createHash, timingSafeEqual } from 'node:crypto';

/** A username and password, or an account SID and auth token, as HTTP Basic carries them (RFC 7617). */
interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** The Authorization header of HTTP Basic, in UTF-8. */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Reads an Authorization header; undefined when it is missing, malformed, or of another scheme. */
export function readBasicAuthorization(authorization: string | undefined): BasicCredentials | undefined {
  const token = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Compares both parts in constant time, also when nothing was given, so that the time taken reveals nothing. */
export function isSameCredentials(given: BasicCredentials | undefined, expected: BasicCredentials): boolean {
  const isUsername = isSameText(given?.username ?? '', expected.username);
  const isPassword = isSameText(given?.password ?? '', expected.password);
  return given !== undefined && isUsername && isPassword;
}

/** Compares digests: timingSafeEqual needs equal lengths, and the digests hide the length of the texts. */
function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Our choice: longer than any header with credentials, so that its length tells nothing about them. */
const comparedBytes = 512;

/**
 * Prepares the comparison of a header with a text, in constant time and without hashing: both are padded to the same
 * length.
 * @returns whether a header is the same; false for a longer text than can be compared
 */
export function textComparison(expected: string): (header: string) => boolean {
  const size = Math.max(comparedBytes, expected.length);
  const own = Buffer.alloc(size);
  const given = Buffer.alloc(size);
  own.write(expected, 'latin1');
  return (header) => {
    if (header.length > size) return false;
    // Headers have no NUL, so padding cannot be part of one: https://www.rfc-editor.org/rfc/rfc9110#section-5.5
    given.fill(0).write(header, 'latin1');
    return timingSafeEqual(given, own);
  };
}
