import { createHistogram } from 'node:perf_hooks';
import type { Percentiles } from './measure';

const microseconds = 1000;

/** Every duration of a run, in a histogram that keeps three significant digits. */
export class Latencies {
  private readonly histogram = createHistogram({ figures: 3 });

  get count(): number {
    return this.histogram.count;
  }

  /** @param milliseconds less than a microsecond counts as one, the least that a histogram holds */
  record(milliseconds: number): void {
    this.histogram.record(Math.max(1, Math.round(milliseconds * microseconds)));
  }

  /** In milliseconds. @throws Error if nothing was recorded */
  percentiles(): Percentiles {
    if (this.count === 0) throw new Error('No duration was recorded');
    const at = (percentile: number) => this.histogram.percentile(percentile) / microseconds;
    return { p50: at(50), p99: at(99), max: this.histogram.max / microseconds };
  }
}
