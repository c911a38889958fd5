import { PreconditionFailed } from '../model/errors';

/**
 * The version that an If-Match header requires; undefined for any version. Quoted, bare, and weak forms are accepted, because
 * real clients send the parsed ETag without its quotes (our choice).
 * @throws PreconditionFailed for a value that cannot be a version
 */
export function readIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const [, version] = /^\s*(?:W\/)?"?(\d{1,15})"?\s*$/.exec(header) ?? [];
  if (version === undefined) throw new PreconditionFailed();
  return Number(version);
}

/** Quoted, because real clients parse the header as JSON (our choice). */
export function formatEtag(version: number): string {
  return `"${version}"`;
}
