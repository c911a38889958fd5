import { noDuration, wholeSecondsOf } from './our-choices';

/** Whole seconds. */
export interface DurationFigures {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
  readonly total: number;
}

/** Average, minimum, maximum, and total of durations, kept in milliseconds. */
export class Durations {
  private count = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = 0;
  private total = 0;

  add(milliseconds: number): void {
    this.count += 1;
    this.min = Math.min(this.min, milliseconds);
    this.max = Math.max(this.max, milliseconds);
    this.total += milliseconds;
  }

  figures(): DurationFigures {
    if (this.count === 0) return noDuration;
    return {
      avg: wholeSecondsOf(this.total / this.count),
      min: wholeSecondsOf(this.min),
      max: wholeSecondsOf(this.max),
      total: wholeSecondsOf(this.total),
    };
  }
}
