import fc from 'fast-check';
import type { AccountState } from '../../src/account/account-state';
import { explainAccountTask, explainAccountWorker } from '../../src/account/explain-account';
import { readAccount } from '../../src/account/read-account';
import { explainTask } from '../../src/taskrouter/explain/explain-task';
import { explainWorker } from '../../src/taskrouter/explain/explain-worker';
import {
  type TaskExplanationJson,
  taskExplanationToJson,
  workerExplanationToJson,
} from '../../src/taskrouter/explain/explanation-json';
import { actions } from '../engine/random-actions';
import { randomBench, worlds } from '../engine/random-bench';
import { EngineBench } from '../support/engine-bench';
import { serveBench } from '../support/serve-bench';

const stateOf = ({ engine, now }: EngineBench) => ({ view: engine.view, routing: engine.routing, now });

/** Reads each state as often as it is explained, once for each task: the events of that task are read as well. */
async function reading<Result>(
  bench: EngineBench,
  work: (read: (taskSid?: string) => Promise<AccountState>) => Promise<Result>,
): Promise<Result> {
  const { client, workspace, close } = await serveBench(bench);
  try {
    return await work((taskSid) => readAccount(client, workspace, { now: () => bench.now, taskSid }));
  } finally {
    await close();
  }
}

type Json = Readonly<Record<string, unknown>>;
type Explanation = object & { readonly inferred: readonly string[] };

/** The explanation without the fields that are inferred. */
function withoutFields(explanation: object, fields: readonly string[]): Json {
  const copy = structuredClone(explanation) as Record<string, Record<string, unknown>>;
  for (const field of fields) {
    const [first = '', second] = field.split('.');
    if (second === undefined) delete copy[first];
    else delete copy[first]?.[second];
  }
  return copy;
}

function expectSame(explanation: Explanation | null, expected: object): void {
  const inferred = explanation?.inferred ?? [];
  const { inferred: _, ...rest } = explanation ?? { inferred };
  expect(withoutFields(rest, inferred)).toEqual(withoutFields(expected, inferred));
}

/** Where the position of a task is certain, only the order of the workers is inferred. */
function expectSameWorkers(explanation: TaskExplanationJson, expected: TaskExplanationJson): void {
  const bySid = ({ workers }: TaskExplanationJson) =>
    [...workers].sort((left, right) => left.worker_sid.localeCompare(right.worker_sid));
  expect(bySid(explanation)).toEqual(bySid(expected));
}

// The runs are the same every time. Change the seed for others.
const runs = { numRuns: 8, seed: 20_261_128 };

it('explains tasks over REST as the engine does, except for what is marked as inferred', async () => {
  const outcomes = { certain: 0, inferred: 0 };
  await fc.assert(
    fc.asyncProperty(worlds, actions, async (world, todo) => {
      const bench = randomBench(world, todo);
      await reading(bench, async (read) => {
        for (const task of [...bench.engine.view.all('tasks')].slice(-4)) {
          const explanation = explainAccountTask(await read(task.sid), task.sid);
          const expected = taskExplanationToJson(explainTask(stateOf(bench), task));
          expectSame(explanation, expected);
          const { inferred } = explanation as Explanation;
          const isPlaceCertain = !inferred.includes('workflow') && !inferred.includes('workflow.target');
          if (isPlaceCertain) expectSameWorkers(explanation as TaskExplanationJson, expected);
          if (task.status === 'pending') outcomes[inferred.includes('reasons') ? 'inferred' : 'certain'] += 1;
        }
      });
    }),
    runs,
  );
  expect(outcomes.certain).toBeGreaterThan(outcomes.inferred);
});

it('explains workers over REST as the engine does, except for what is marked as inferred', async () => {
  const outcomes = { certain: 0, inferred: 0 };
  await fc.assert(
    fc.asyncProperty(worlds, actions, async (world, todo) => {
      const bench = randomBench(world, todo);
      const state = await reading(bench, (read) => read());
      for (const worker of bench.engine.view.all('workers')) {
        const explanation = explainAccountWorker(state, worker.sid);
        expectSame(explanation, workerExplanationToJson(explainWorker(stateOf(bench), worker)));
        outcomes[explanation?.inferred.length ? 'inferred' : 'certain'] += 1;
      }
    }),
    runs,
  );
  expect(outcomes.certain).toBeGreaterThan(outcomes.inferred);
});

it('asks the events only if the task can be in several targets', async () => {
  const rules = ({ spanish }: { spanish: string }) => ({
    filters: [
      {
        expression: 'language == "es"',
        targets: [
          { queue: spanish, timeout: 10, expression: 'worker.level > 1' },
          { queue: spanish, expression: 'worker.level > 2' },
        ],
      },
    ],
    default_filter: { queue: spanish, expression: 'worker.level > 3' },
  });
  const bench = new EngineBench({ rules });
  const sure = bench.addTask({}, { routingTarget: bench.queues.english });
  const taskSid = bench.addTask({ language: 'es' });
  bench.pass(10);
  const { client, workspace, requests, close } = await serveBench(bench);
  const read = (sid: string) => readAccount(client, workspace, { now: () => bench.now, taskSid: sid });
  const ofTask = () =>
    requests.filter((request) => request.includes('/Events') && request.includes('TaskSid'));
  await read(sure);
  expect(ofTask()).toEqual([]);
  const explanation = explainAccountTask(await read(taskSid), taskSid);
  expect(ofTask()).toHaveLength(1);
  expect(explanation?.workflow).toMatchObject({
    filter: 0,
    target: 1,
    entered_at: new Date(bench.now).toISOString(),
  });
  await close();
});
