import type { Change, Plan } from '../workspace/plan';
import { printPlan } from '../workspace/print';
import type { ProofCheck } from './proof/checks';

/** A line for people, as in the plan of a workspace. */
export function describeChange(change: Change): string {
  return printPlan({ changes: [change], notes: [] } as Plan);
}

/** A line for people. */
export function describeProof({ name, passed, seconds, detail }: ProofCheck): string {
  return `${passed ? '✓' : '✗'} ${name.padEnd(44)} ${seconds.toFixed(1).padStart(5)} s  ${detail}`;
}
