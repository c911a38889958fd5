import { InvalidParameter, PreconditionFailed } from '../model/errors';

const tag = /(?:W\/)?(?:"([^"]*)"|([\w-]+))/g;
const tags = new RegExp(`^\\s*${tag.source}(?:\\s*,\\s*${tag.source})*\\s*$`);

/**
 * Whether an If-Match header allows a change of this version. Quoted, bare, and weak forms are accepted, because real
 * clients send the parsed ETag without its quotes (our choice). Of a list, one tag must match, and a tag that is not a
 * version matches none: https://www.rfc-editor.org/rfc/rfc9110#name-if-match
 * @throws InvalidParameter for a header that is malformed. Our choice: not 412, at which clients fetch the present
 *   version and send the same request again
 */
function matchesVersion(header: string, version: number): boolean {
  if (header.trim() === '*') return true;
  if (!tags.test(header))
    throw new InvalidParameter(`Value '${header}' provided for If-Match is not an ETag, such as "0"`);
  return [...header.matchAll(tag)].some(([, quoted, bare]) => (quoted ?? bare) === String(version));
}

/**
 * Our choice: it binds for workers and reservations as it is documented to for tasks.
 * @throws PreconditionFailed when the request was made for another version of the row, InvalidParameter for a header that
 *   is malformed
 */
export function requireMatch(header: string | undefined, { version }: { readonly version: number }): void {
  if (header !== undefined && !matchesVersion(header, version)) throw new PreconditionFailed();
}

/** Quoted, because real clients parse the header as JSON (our choice). */
export function formatEtag(version: number): string {
  return `"${version}"`;
}
