import type { FindingOf } from '../common/finding';
import { type FindingCode, rules } from './rules';

/**
 * Something that TaskRouter accepts, and that may not do what its author means. Its place is a JSON pointer (RFC 6901)
 * into the document, e.g. `/task_routing/filters/0/expression`.
 */
export type Finding = FindingOf<FindingCode>;

/** A finding of a rule; its place is the document itself unless one is given. */
export function finding(code: FindingCode, message: string, remedy: string, place = ''): Finding {
  const { severity, source } = rules[code];
  return { code, severity, place, message, remedy, source };
}

/** The same findings, in a document that holds the first one at `place`. */
export function findingsAt(place: string, findings: readonly Finding[]): Finding[] {
  return findings.map((each) => ({ ...each, place: `${place}${each.place}` }));
}

/** A JSON pointer from its reference tokens. */
export function pointerTo(...path: readonly (string | number)[]): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
