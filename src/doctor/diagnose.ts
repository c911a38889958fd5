import { groupBy } from '../common/group-by';
import { alertFindings } from './alert-findings';
import { callbackFindings } from './callback-findings';
import type { Condition } from './condition';
import { type Finding, finding } from './finding';
import { queueFindings } from './queue-findings';
import { reservationFindings } from './reservation-findings';
import { findingCodes } from './rules';
import { taskFindings } from './task-findings';
import { thresholds } from './thresholds';

/** Everything that is stuck or about to be, in the order of the documentation. */
export function diagnose(condition: Condition): Finding[] {
  const findings = groupBy(
    [reservationFindings, taskFindings, queueFindings, callbackFindings, alertFindings].flatMap((rule) =>
      rule(condition),
    ),
    ({ code }) => code,
  );
  return findingCodes.flatMap((code) => shortened(findings.get(code) ?? []));
}

/** Thousands of tasks can have the same problem. */
function shortened(findings: readonly Finding[]): Finding[] {
  const listed = findings.slice(0, thresholds.findingsOfRule);
  const last = findings.at(-1);
  const more = findings.length - listed.length;
  return last && more > 0
    ? [...listed, finding(last.code, '', `${more} more like the ones before`, last.remedy)]
    : listed;
}
