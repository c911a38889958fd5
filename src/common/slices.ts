import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work goes on before the event loop handles other requests, in milliseconds. */
const defaultSliceMs = 4;

/** Few enough for items that take 10 microseconds each, and enough that the clock costs little for those that take 0.1. */
const usualItemsPerStep = 32;

/**
 * Carries out long work in slices, one work after the other, so that neither a large workspace nor many dashboards at once
 * keep other requests waiting.
 */
export class Slices {
  private last: Promise<unknown> = Promise.resolve();
  private sliceEnd = 0;

  constructor(private readonly sliceMs = defaultSliceMs) {}

  /** Resolves with what `work` returns. It must take well under a slice from one `yield` to the next. */
  run<Result>(work: Iterator<unknown, Result>): Promise<Result> {
    const finished = this.last.then(() => this.finish(work));
    this.last = finished.catch(() => undefined);
    return finished;
  }

  /**
   * Calls `visit` with each item.
   * @param itemsPerStep how many are visited before the time is looked at
   */
  each<Item>(
    items: readonly Item[],
    visit: (item: Item) => void,
    itemsPerStep = usualItemsPerStep,
  ): Promise<void> {
    return this.run(
      (function* () {
        for (const [index, item] of items.entries()) {
          visit(item);
          if (index % itemsPerStep === 0) yield;
        }
      })(),
    );
  }

  private async finish<Result>(work: Iterator<unknown, Result>): Promise<Result> {
    for (;;) {
      if (performance.now() >= this.sliceEnd) await this.nextSlice();
      const { done, value } = work.next();
      if (done) return value;
    }
  }

  private async nextSlice(): Promise<void> {
    await nextTurn();
    this.sliceEnd = performance.now() + this.sliceMs;
  }
}
