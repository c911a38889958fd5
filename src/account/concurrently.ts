import { mapConcurrently } from '../workspace/existing/read';
import type { ReadingProgress } from './lists';

/** Our choice: how many requests there are for each report of progress. */
const progressStep = 100;

/** A request for each item, a few at a time. */
export function mapWithProgress<Item, Result>(
  what: string,
  items: readonly Item[],
  onProgress: ReadingProgress,
  mapOne: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  let done = 0;
  return mapConcurrently(items, async (item) => {
    const result = await mapOne(item);
    done += 1;
    if (done % progressStep === 0 || done === items.length) onProgress(what, done);
    return result;
  });
}
