import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

type Generator = ReturnType<typeof xoroshiro128plus>;

/** A sequence of choices that depends on its seeds alone. */
export class Random {
  private readonly generator: Generator;

  /** @param seeds whole numbers; every list of them gives a sequence of its own */
  constructor(...seeds: readonly number[]) {
    this.generator = xoroshiro128plus(seeds.reduce(mixed, 0x9e3779b9));
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return uniformInt(this.generator, min, max);
  }

  /** Whether something happens that happens once in `times`. */
  once(times: number): boolean {
    return this.integer(1, times) === 1;
  }

  /** One of the values, all equally likely. */
  of<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)] as T;
  }

  /** One of the values; undefined if there are none. */
  maybeOf<T>(values: Iterable<T>): T | undefined {
    const list = [...values];
    return list.length === 0 ? undefined : this.of(list);
  }

  /** One of the names, each as likely as its weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries<number>(weights);
    let left = this.integer(
      1,
      entries.reduce((sum, [, weight]) => sum + weight, 0),
    );
    for (const [name, weight] of entries) {
      left -= weight;
      if (left <= 0) return name as Name;
    }
    throw new Error('The weights are not positive.');
  }
}

/** Mixes a seed into a hash (the finalizer of MurmurHash3, which is in the public domain). */
function mixed(hash: number, seed: number): number {
  let value = Math.imul(hash ^ seed, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}
