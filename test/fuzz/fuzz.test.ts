import { InvalidParameter } from '../../src/taskrouter/model/errors';
import type { TaskRouter } from '../../src/taskrouter/taskrouter';
import { fuzz } from './fuzz';
import type { FuzzedService } from './fuzzed-service';
import { account } from './fuzzed-service';

/** Fuzzes a service whose commands are carried out by `execute`. */
function fuzzWith(
  execute: (original: TaskRouter['execute'], taskRouter: TaskRouter) => TaskRouter['execute'],
  cases = 300,
) {
  const onStart = ({ service: { taskRouter } }: FuzzedService) => {
    taskRouter.execute = execute(taskRouter.execute.bind(taskRouter), taskRouter);
  };
  return fuzz({ seed: 1, cases, onStart });
}

describe('fuzzing', () => {
  it('finds nothing wrong with the service', async () => {
    const { cases, statuses, finding } = await fuzz({ seed: 20_261_128, cases: 200 });
    expect(finding).toBeNull();
    expect(cases).toBe(200);
    // Otherwise nothing was reached.
    for (const status of [200, 201, 400, 401, 404]) expect(statuses[status]).toBeGreaterThan(0);
  });

  it('finds an internal error, and the smallest request that causes it', async () => {
    const { finding } = await fuzzWith((execute) => (command, origin) => {
      if (command.type === 'CreateTask') throw new TypeError('a fault');
      return execute(command, origin);
    });
    expect(finding).toMatchObject({ rule: 'an internal error', detail: expect.stringContaining('a fault') });
    expect(finding?.replay).toMatch(
      /^curl -i --path-as-is -X 'POST' -H 'Authorization: Basic \S+' 'http:\S+\/Tasks'\nnpm run fuzz -- --seed 1 --cases \d+$/,
    );
  });

  it('finds a refused request that has changed something', async () => {
    const { finding } = await fuzzWith((execute) => async (command, origin) => {
      const result = await execute(command, origin);
      if (command.type === 'UpdateWorker') throw new InvalidParameter('refused');
      return result;
    });
    expect(finding?.rule).toBe('a change by a refused request');
  });

  it('finds a secret in a response', async () => {
    const { finding } = await fuzzWith((execute) => (command, origin) => {
      if (command.type === 'UpdateTask') throw new InvalidParameter(`Not with ${account.authToken}`);
      return execute(command, origin);
    });
    expect(finding?.rule).toBe('a secret');
  });

  it('finds a state that contradicts itself', async () => {
    const { finding } = await fuzzWith((execute, { view }) => {
      view.isInQueue = () => false;
      return execute;
    }, 5);
    expect(finding?.rule).toBe('a contradiction in the state');
  });
});
