import type { ProofCheck } from './checks';

/** A line for people. */
export function describeCheck({ name, passed, seconds, detail }: ProofCheck): string {
  return `${passed ? '✓' : '✗'} ${name.padEnd(44)} ${seconds.toFixed(1).padStart(5)} s  ${detail}`;
}
