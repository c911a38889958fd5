import fc from 'fast-check';
import { Engine } from '../../src/taskrouter/engine/engine';
import { explainTask } from '../../src/taskrouter/explain/explain-task';
import { explainWorker } from '../../src/taskrouter/explain/explain-worker';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { readSnapshot } from '../../src/taskrouter/snapshot/read-snapshot';
import { type Action, actions, worlds } from '../engine/random-actions';
import { type BenchOptions, EngineBench } from '../support/engine-bench';
import { engineText } from '../support/engine-snapshot';
import { FallibleSids } from '../support/fallible-sids';
import { accountSid, savedText } from './state';

/** A bench that keeps the events from which a store's log is made. */
class KeptEvents extends EngineBench {
  readonly all: TaskRouterEvent[] = [];

  private latest = 0;

  /** Actions can set the clock back; the engine's time never goes back. */
  catchUp(): void {
    this.now = Math.max(this.now, this.latest);
    this.run({ type: 'PassTime' });
    this.all.push(...this.events.splice(0));
  }

  apply(todo: readonly Action[]): void {
    for (const action of todo) {
      try {
        action(this);
      } catch (error) {
        // Refusals are expected; any other error is a fault.
        if (!(error instanceof TaskRouterError)) throw error;
      }
      this.latest = Math.max(this.latest, this.now);
      this.all.push(...this.events.splice(0));
    }
  }
}

/** A bench whose engine starts from a snapshot, and goes on from there. */
function loadedBench(text: string, bench: EngineBench, sids: FallibleSids): KeptEvents {
  const snapshot = readSnapshot(text, 'it', accountSid);
  const engine = new Engine({ accountSid, newSid: sids.next });
  engine.restore(snapshot.rows, snapshot.sequence, snapshot.time);
  return Object.assign(Object.create(KeptEvents.prototype), bench, {
    engine,
    events: [],
    all: [...snapshot.events],
    now: snapshot.time,
  });
}

function explanations({ engine, now }: EngineBench): string {
  const state = { view: engine.view, routing: engine.routing, now };
  return JSON.stringify([
    [...engine.view.all('tasks')].map((task) => explainTask(state, task)),
    [...engine.view.all('workers')].map((worker) => explainWorker(state, worker)),
  ]);
}

it('continues from a loaded snapshot exactly as from the state that was saved', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, actions, actions, async (world, before, after) => {
      const sids = new FallibleSids();
      const bench = new KeptEvents({ ...(world as BenchOptions), newSid: sids.next });
      bench.setActivity(bench.alice, 'Idle');
      bench.apply(before);
      bench.catchUp();

      const loaded = loadedBench(await savedText(bench, bench.all), bench, sids.copy());
      expect(engineText(loaded.engine)).toBe(engineText(bench.engine));
      expect(explanations(loaded)).toBe(explanations(bench));
      expect(loaded.all).toEqual(bench.all);

      for (const each of [bench, loaded]) each.apply(after);
      expect(engineText(loaded.engine)).toBe(engineText(bench.engine));
      expect(loaded.now).toBe(bench.now);
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 60, seed: 20_261_128 },
  );
});

it('gives the same text when a loaded snapshot is saved again', async () => {
  const bench = new EngineBench();
  bench.setActivity(bench.alice, 'Idle');
  bench.addTask({ selected_language: 'es', password: 'open sesame', big: 1 });
  const events = bench.events.splice(0);
  const text = await savedText(bench, events);
  const { rows, sequence, time, events: loaded } = readSnapshot(text, 'it', accountSid);
  const stored = { rows: () => rows, sequence } as unknown as typeof bench.stored;
  const again = await savedText({ stored, now: time }, loaded);
  expect(again.replace(/"masked":\d+/, '')).toBe(text.replace(/"masked":\d+/, ''));
});
