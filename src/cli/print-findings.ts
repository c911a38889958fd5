import type { FindingOf, Severity } from '../common/finding';
import type { Reporter } from './reporter';
import { counted } from './workspace/output';

interface Wording {
  /** Without findings. */
  readonly none: string;
  /** The last sentence, if there are findings. */
  readonly hint: string;
}

/** Findings as text, each with its place, and how many there are of each severity. */
export function printFindings<Found extends FindingOf<string>>(
  findings: readonly Found[],
  placeText: (finding: Found) => string,
  { none, hint }: Wording,
  colors: Reporter['colors'],
): string {
  if (findings.length === 0) return none;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan };
  const blocks = findings.map((finding) => {
    const { severity, code, message, remedy } = finding;
    return [
      `${placeText(finding)}  ${paint[severity](severity)}  ${colors.dim(code)}`,
      `  ${message}. ${remedy}`,
      '',
    ].join('\n');
  });
  return [...blocks, `${countText(findings)}.${hint && ` ${hint}`}`].join('\n');
}

function countText(findings: readonly FindingOf<string>[]): string {
  const of = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  return [
    of('error') > 0 ? counted(of('error'), 'error') : '',
    of('warning') > 0 ? counted(of('warning'), 'warning') : '',
    of('info') > 0 ? `${of('info')} info` : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}
