/** Whether an entry of the inspector reports a problem: the values of `outcome` in its filters. */
export const entryOutcomes = ['ok', 'error'] as const;
export type EntryOutcome = (typeof entryOutcomes)[number];

/** Without a usable response, or with one that could not be applied. */
const failedCallbackOutcomes: readonly string[] = ['dropped', 'refused', 'timed_out', 'failed'];

/** @param outcome the callback's own outcome, such as `instruction:accept` or `timed_out` */
export function entryOutcomeOfCallback(outcome: string): EntryOutcome {
  return failedCallbackOutcomes.includes(outcome) ? 'error' : 'ok';
}
