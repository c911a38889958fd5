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
  const bench = populated(new EngineBench(world as BenchOptions));
  for (const action of todo) attempt(bench, action);
  bench.run({ type: 'PassTime' });
  return bench;
}
