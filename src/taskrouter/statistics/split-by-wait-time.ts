import { limits } from '../../common/limits';
import { isAbove } from './our-choices';

type WaitOutcome = 'accepted' | 'canceled';

export interface SplitFigures {
  readonly above: Readonly<Record<WaitOutcome, number>>;
  readonly below: Readonly<Record<WaitOutcome, number>>;
}

/**
 * How many reservations were accepted, and how many tasks canceled, below and above each threshold. Only the first
 * 10,000 of each kind count; the newest are added first.
 * Source: https://www.twilio.com/docs/taskrouter/api/workflow-statistics
 */
export class SplitByWaitTime {
  private readonly seen: Record<WaitOutcome, number> = { accepted: 0, canceled: 0 };
  private readonly splits: ReadonlyMap<number, SplitOf>;

  constructor(
    thresholds: readonly number[],
    private readonly max: number = limits.splitByWaitTimeTasks,
  ) {
    this.splits = new Map(thresholds.map((threshold) => [threshold, newSplit()]));
  }

  add(outcome: WaitOutcome, waitSeconds: number): void {
    if (this.seen[outcome] >= this.max) return;
    this.seen[outcome] += 1;
    for (const [threshold, split] of this.splits)
      split[isAbove(waitSeconds, threshold) ? 'above' : 'below'][outcome] += 1;
  }

  /** By threshold in seconds. */
  figures(): ReadonlyMap<number, SplitFigures> {
    return this.splits;
  }
}

type SplitOf = Record<'above' | 'below', Record<WaitOutcome, number>>;

const newSplit = (): SplitOf => ({
  above: { accepted: 0, canceled: 0 },
  below: { accepted: 0, canceled: 0 },
});
