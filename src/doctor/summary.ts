import { needsAttention } from '../common/finding';
import type { Finding } from './finding';

/** How to read the findings. */
export const doctorRemedy = 'For details, run npx taskrouter doctor.';

/** One sentence with the number of problems, without its period; none without any. */
export function doctorSummary(findings: readonly Finding[]): string[] {
  const count = findings.filter(needsAttention).length;
  if (count === 0) return [];
  return [`${count} ${count === 1 ? 'thing is' : 'things are'} stuck, or about to be`];
}
