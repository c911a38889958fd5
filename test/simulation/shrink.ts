/**
 * Removes steps as long as the rest still fails: first large runs of them, then smaller ones (delta debugging,
 * https://doi.org/10.1109/32.988498).
 * @param fails whether a simulation with these steps alone has the same violation
 * @param maxSteps the number of simulated steps after which it is good enough
 */
export async function shrink(
  steps: readonly number[],
  fails: (steps: readonly number[]) => Promise<boolean>,
  maxSteps = 200_000,
): Promise<readonly number[]> {
  let kept = steps;
  let simulated = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length && simulated < maxSteps; ) {
      const fewer = [...kept.slice(0, start), ...kept.slice(start + size)];
      simulated += fewer.length;
      if (await fails(fewer)) kept = fewer;
      else start += size;
    }
  }
  return kept;
}
