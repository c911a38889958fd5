import type { Severity } from '../../lint/rules';
import type { Reporter } from '../reporter';
import { counted } from '../workspace/output';
import type { LocatedFinding } from './located-finding';

/** The findings as text, and how many there are of each severity. */
export function printFindings(
  findings: readonly LocatedFinding[],
  subject: string,
  colors: Reporter['colors'],
): string {
  if (findings.length === 0) return `No findings in ${subject}.`;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan };
  const blocks = findings.map(({ severity, code, message, remedy, ...located }) =>
    [
      `${placeText(located)}  ${paint[severity](severity)}  ${colors.dim(code)}`,
      `  ${message}. ${remedy}`,
      '',
    ].join('\n'),
  );
  return [...blocks, countText(findings)].join('\n');
}

/** Terminals and editors open `file:line:column`. */
function placeText({
  file,
  line,
  column,
  place,
}: Pick<LocatedFinding, 'file' | 'line' | 'column' | 'place'>) {
  return file === undefined ? place || '/' : `${file}:${line}:${column}`;
}

function countText(findings: readonly LocatedFinding[]): string {
  const of = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  const counts = [
    of('error') > 0 ? counted(of('error'), 'error') : '',
    of('warning') > 0 ? counted(of('warning'), 'warning') : '',
    of('info') > 0 ? `${of('info')} info` : '',
  ].filter((text) => text !== '');
  return `${counts.join(', ')}. To silence a rule, add it to "lint": {"ignore": […]} in the workspace file.`;
}
