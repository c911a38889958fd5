/** The stable names of the rules. A rule that warns keeps its code. */
type FindingCode =
  | 'ignored-text'
  | 'unquoted-text'
  | 'worker-prefix'
  | 'unknown-field'
  | 'hyphen-in-channel-name';

/** Something that TaskRouter accepts, and that may not do what its author means. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'info';
  /** A JSON pointer (RFC 6901) into the document, e.g. `/task_routing/filters/0/expression`. */
  readonly place: string;
  /** What is wrong and where, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
  /** The documentation that the rule follows, or what it was seen in. */
  readonly source: string;
}

/** The same findings, in a document that holds the first one at `place`. */
export function findingsAt(place: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, place: `${place}${finding.place}` }));
}

/** One reference token of a JSON pointer. */
export function pointerTo(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
