import type { CommitBatch } from '../../src/taskrouter/store/store';
import { shrink } from './shrink';
import { SimulatedStore } from './simulated-disk';
import { type SimulationOptions, simulate } from './simulation';

const first = (count: number) => Array.from({ length: count }, (_, step) => step);

/** Acknowledges the writes that complete a task, without carrying them out. */
class ForgetfulStore extends SimulatedStore {
  override async commitBatch(batch: CommitBatch): Promise<void> {
    if (batch.events.some(({ type }) => type === 'task.completed')) return;
    await super.commitBatch(batch);
  }
}

describe('the simulation', () => {
  it('finds nothing lost, late, or stuck', async () => {
    const { violation, transitions } = await simulate({ seed: 20_261_128, steps: first(500) });
    expect(violation).toBeNull();
    expect(transitions).toBeGreaterThan(150);
  });

  it('is the same for the same seed, and another one for another seed', async () => {
    const hashes = [1, 1, 2].map(async (seed) => (await simulate({ seed, steps: first(100) })).hash);
    const [one, again, other] = await Promise.all(hashes);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('finds a store that forgets writes, and the few steps that show it', async () => {
    const options: Omit<SimulationOptions, 'steps'> = {
      seed: 2,
      newStore: (parts) => new ForgetfulStore(parts),
    };
    const { violation } = await simulate({ ...options, steps: first(400) });
    expect(violation?.message).toContain('is announced before it is durable');
    const few = await shrink(
      first((violation?.step ?? 0) + 1),
      async (steps) => (await simulate({ ...options, steps })).violation?.kind === violation?.kind,
      500,
    );
    expect(few.length).toBeLessThan((violation?.step ?? 0) / 2);
  });
});

describe('shrinking', () => {
  it('keeps the steps that are needed together', async () => {
    const fails = async (steps: readonly number[]) => [3, 61, 62].every((needed) => steps.includes(needed));
    expect(await shrink(first(100), fails)).toEqual([3, 61, 62]);
  });
});
