import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { type BenchOptions, EngineBench } from '../support/engine-bench';
import type { Action } from './random-actions';

/** Three workers are available, so that tasks are offered from the start. */
export function populated<Bench extends EngineBench>(bench: Bench): Bench {
  bench.addWorker('Carol', { languages: ['es', 'fr'], level: 2 }, 'Idle');
  bench.setActivity(bench.alice, 'Idle');
  bench.setActivity(bench.bob, 'Idle');
  return bench;
}

/** Refusals are expected; any other error is a fault. */
export function attempt(bench: EngineBench, action: Action): void {
  try {
    action(bench);
  } catch (error) {
    if (!(error instanceof TaskRouterError)) throw error;
  }
}

/** A workspace after any commands, at rest: everything that is due has happened. */
export function workspaceAfter(world: object, todo: readonly Action[]): EngineBench {
  const bench = new EngineBench(world as BenchOptions);
  // REST shows whole seconds: what happens now must be later than the workflow.
  bench.pass(1);
  // One of the workers is not available, so that tasks wait.
  populated(bench).setActivity(bench.bob, 'Offline');
  let latest = bench.now;
  for (const action of todo) {
    attempt(bench, action);
    latest = Math.max(latest, bench.now);
  }
  // Actions can set the clock back; the engine's time never goes back.
  bench.now = latest;
  bench.run({ type: 'PassTime' });
  return bench;
}
