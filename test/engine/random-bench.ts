import fc from 'fast-check';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import { type BenchOptions, EngineBench } from '../support/engine-bench';
import { type Action, rules } from './random-actions';

/** Workspaces. */
export const worlds = fc.record({
  multiTaskEnabled: fc.boolean(),
  rules,
  queue: fc.record({
    maxReservedWorkers: fc.integer({ min: 1, max: 3 }),
    taskOrder: fc.constantFrom('FIFO', 'LIFO'),
  }),
});

/** A workspace after any commands, at rest: everything that is due has happened. */
export function randomBench(world: object, todo: readonly Action[]): EngineBench {
  const bench = new EngineBench(world as BenchOptions);
  // REST shows whole seconds: what happens now must be later than the workflow.
  bench.pass(1);
  bench.addWorker('Carol', { languages: ['es', 'fr'], level: 2 }, 'Idle');
  bench.setActivity(bench.alice, 'Idle');
  for (const action of todo) {
    try {
      action(bench);
    } catch (error) {
      // Refusals are expected; any other error is a fault.
      if (!(error instanceof TaskRouterError)) throw error;
    }
  }
  bench.run({ type: 'PassTime' });
  return bench;
}
