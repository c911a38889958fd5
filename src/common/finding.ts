/** How bad it is: an `error` keeps tasks from being assigned, a `warning` most likely does, an `info` may be meant. */
export type Severity = 'error' | 'warning' | 'info';

/** A rule of lint or doctor. */
export interface Rule {
  readonly severity: Severity;
  /** What is wrong, and what happens then, in one sentence. */
  readonly about: string;
  /** The documentation that the rule follows, or what it was seen in. */
  readonly source: string;
}

/** What a rule found. */
export interface FindingOf<Code extends string> {
  /** The rule. A code that was released keeps its meaning. */
  readonly code: Code;
  readonly severity: Severity;
  readonly place: string;
  /** What is wrong and where, in one sentence without its period. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly source: string;
}

/** Whether a finding needs attention: an `info` may be meant. */
export const needsAttention = ({ severity }: { readonly severity: Severity }): boolean => severity !== 'info';
