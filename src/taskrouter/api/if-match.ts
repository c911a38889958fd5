import { PreconditionFailed } from '../model/errors';

/**
 * The version an If-Match header asks for; undefined when any will do. Quoted, bare and weak forms are taken, because
 * real clients send back the parsed ETag without its quotes (our choice).
 * @throws PreconditionFailed for a value that no version can equal.
 */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const [, version] = /^\s*(?:W\/)?"?(\d{1,15})"?\s*$/.exec(header) ?? [];
  if (version === undefined) throw new PreconditionFailed();
  return Number(version);
}

/** Form of the header that real clients parse as JSON (our choice: quoted). */
export function formatEtag(version: number): string {
  return `"${version}"`;
}
