import type { Command } from '../../src/taskrouter/model/commands';
import { TaskRouterError } from '../../src/taskrouter/model/errors';
import type { EngineBench } from './engine-bench';
import { engineSnapshot } from './engine-snapshot';

/** What `action` is refused with. Fails if it is not refused, or if anything was changed or announced all the same. */
export function refusal(bench: EngineBench, action: () => unknown): TaskRouterError {
  const before = engineSnapshot(bench.engine);
  const events = bench.events.length;
  const error = errorOf(action);
  expect(engineSnapshot(bench.engine)).toEqual(before);
  expect(bench.events).toHaveLength(events);
  return error;
}

export const refusalOf = (bench: EngineBench, command: Command) => refusal(bench, () => bench.run(command));

function errorOf(action: () => unknown): TaskRouterError {
  try {
    action();
  } catch (error) {
    if (error instanceof TaskRouterError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
