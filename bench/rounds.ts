export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Measures several things in turn, round by round, so that a busy machine slows all of them alike. The first round warms
 * up and is not counted; so do others if `warmUp` says so.
 * @returns the counted values of each
 */
export async function interleaved<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, () => number | Promise<number>>>,
  warmUp = 1,
): Promise<Record<Name, readonly number[]>> {
  const names = Object.keys(sides) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < warmUp + rounds; round += 1)
    for (const name of names) {
      const value = await sides[name]();
      if (round >= warmUp) values[name].push(value);
    }
  return values;
}

/** The median of the ratios of the rounds. */
export function pairedRatio(values: readonly number[], others: readonly number[]): number {
  return median(values.map((value, round) => value / (others[round] ?? Number.NaN)));
}
