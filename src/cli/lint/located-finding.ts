import { parse } from 'json-source-map';
import type { Finding } from '../../lint/finding';

/** A finding, and where it is for people. */
export interface LocatedFinding extends Finding {
  /** The path of the file, as it was given; undefined for a workspace on a target. */
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** The findings with their lines in the file. */
export function locate(findings: readonly Finding[], file: string, text: string): LocatedFinding[] {
  const { pointers } = parse(text);
  return findings.map((finding) => {
    const start = pointers[nearest(finding.place, pointers)]?.value;
    return { ...finding, file, ...(start && { line: start.line + 1, column: start.column + 1 }) };
  });
}

/** A finding about a field that the file leaves out is at the object without it. */
function nearest(place: string, pointers: object): string {
  if (place === '' || place in pointers) return place;
  return nearest(place.slice(0, place.lastIndexOf('/')), pointers);
}
