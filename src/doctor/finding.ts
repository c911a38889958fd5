import type { FindingOf } from '../common/finding';
import { type FindingCode, rules } from './rules';

/**
 * Something that is stuck, or about to be. Its place is the SID or the URL that it is about, and its remedy ends with
 * the command that fixes it, if one command does.
 */
export type Finding = FindingOf<FindingCode>;

/** A finding of a rule. @param place a SID or a URL */
export function finding(code: FindingCode, place: string, message: string, remedy: string): Finding {
  const { severity, source } = rules[code];
  return { code, severity, place, message, remedy, source };
}
