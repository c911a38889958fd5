import type { SidPrefix } from '../../src/taskrouter/model/sids';
import { countedSid } from './counting-sids';

/** Counting sids that can be made to fail, to be put back to an earlier count, and to be copied. */
export class FallibleSids {
  private counts = new Map<SidPrefix, number>();
  private failIn = Number.POSITIVE_INFINITY;

  readonly next = (prefix: SidPrefix): string => {
    this.failIn -= 1;
    if (this.failIn < 0) throw new Error('no sid left');
    const count = (this.counts.get(prefix) ?? 0) + 1;
    this.counts.set(prefix, count);
    return countedSid(prefix, count);
  };

  /** Runs `action` with only so many sids to give; what was given meanwhile is given again if that was too few. */
  withOnly(sids: number, action: () => void): 'enough' | 'too few' {
    const before = new Map(this.counts);
    this.failIn = sids;
    try {
      action();
      return 'enough';
    } catch (error) {
      if (this.failIn >= 0) throw error;
      this.counts = before;
      return 'too few';
    } finally {
      this.failIn = Number.POSITIVE_INFINITY;
    }
  }

  copy(): FallibleSids {
    const copy = new FallibleSids();
    copy.counts = new Map(this.counts);
    return copy;
  }
}
