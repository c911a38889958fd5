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
import { actions, worlds } from '../engine/random-actions';
import { workspaceAfter } from '../engine/random-workspaces';
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

// The runs are the same every time: with this seed, some tasks can be in several targets. Change it for others.
const runs = { numRuns: 8, seed: 11 };

it('explains tasks and workers over REST as the engine does, except for what is marked as inferred', async () => {
  const outcomes = { certain: 0, inferred: 0 };
  const count = (isCertain: boolean) => {
    outcomes[isCertain ? 'certain' : 'inferred'] += 1;
  };
  await fc.assert(
    fc.asyncProperty(worlds, actions, async (world, todo) => {
      const bench = workspaceAfter(world, todo);
      await reading(bench, async (read) => {
        const state = await read();
        for (const worker of bench.engine.view.all('workers')) {
          const explanation = explainAccountWorker(state, worker.sid) as Explanation;
          expectSame(explanation, workerExplanationToJson(explainWorker(stateOf(bench), worker)));
          count(explanation.inferred.length === 0);
        }
        for (const task of [...bench.engine.view.all('tasks')].slice(-3)) {
          const explanation = explainAccountTask(await read(task.sid), task.sid);
          const expected = taskExplanationToJson(explainTask(stateOf(bench), task));
          expectSame(explanation, expected);
          const { inferred } = explanation as Explanation;
          const isPlaceCertain = !inferred.includes('workflow') && !inferred.includes('workflow.target');
          if (isPlaceCertain) expectSameWorkers(explanation as TaskExplanationJson, expected);
          if (task.status === 'pending') count(!inferred.includes('reasons'));
        }
      });
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

/** Carol was offered a task before Alice, who had been available for longer. Both are offline now. */
function benchWithOffers(): EngineBench {
  const bench = new EngineBench();
  bench.pass(1);
  bench.setActivity(bench.alice, 'Idle');
  bench.pass(1);
  const carol = bench.addWorker('Carol', { languages: ['es'] }, 'Idle');
  for (const routingTarget of [carol, bench.alice]) {
    bench.pass(1);
    const reservation = bench.pending(bench.addTask({}, { routingTarget }));
    bench.updateReservation(reservation, 'rejected', { workerActivitySid: bench.activities.Offline });
  }
  bench.pass(1);
  return bench;
}

/** The inferred fields, and the names of the workers of the queue in order. */
async function explained(bench: EngineBench, taskSid: string) {
  const explanation = explainAccountTask(await reading(bench, (read) => read(taskSid)), taskSid);
  const names = explanation?.workers.map((worker) => worker.worker_name);
  return { inferred: explanation?.inferred, names };
}

it('knows from the events who is idle longest', async () => {
  const bench = benchWithOffers();
  const taskSid = bench.addTask();
  expect(
    explainTask(stateOf(bench), bench.task(taskSid)).workers.map(({ workerName }) => workerName),
  ).toEqual(['Carol', 'Alice', 'Bob']);
  expect(await explained(bench, taskSid)).toEqual({
    inferred: ['workflow.entered_at', 'workflow.next_deadline'],
    names: ['Carol', 'Alice', 'Bob'],
  });
});

it('says that the order of the workers is inferred when the events are gone', async () => {
  const bench = benchWithOffers();
  bench.pass(31 * 24 * 3600);
  const { inferred } = await explained(bench, bench.addTask());
  expect(inferred).toEqual([
    'workflow.entered_at',
    'workflow.next_deadline',
    'workers',
    'reasons',
    'summary',
  ]);
});

it('says that the reasons are inferred while a task may wait to be offered again', async () => {
  const bench = new EngineBench({ assignmentCallbackUrl: 'https://example.com' });
  bench.pass(1);
  bench.setActivity(bench.alice, 'Idle');
  const taskSid = bench.addTask();
  bench.settle(bench.pending(taskSid), 'failed');
  bench.setActivity(bench.alice, 'Offline');
  const other = bench.addTask();
  expect((await explained(bench, taskSid)).inferred).toEqual(expect.arrayContaining(['reasons', 'summary']));
  expect((await explained(bench, other)).inferred).toEqual(expect.arrayContaining(['reasons', 'ahead']));
  bench.pass(2);
  expect((await explained(bench, taskSid)).inferred).not.toContain('reasons');
  expect((await explained(bench, other)).inferred).not.toContain('ahead');
});

it('follows a transferred task, and says that its place is inferred', async () => {
  const bench = new EngineBench({ multiTaskEnabled: true });
  bench.pass(1);
  bench.addWorker('Carol', { languages: ['es'] }, 'Idle');
  const taskSid = bench.addTask();
  const { sid: reservationSid } = bench.updateReservation(bench.pending(taskSid), 'accepted');
  const { workspaceSid } = bench;
  bench.setActivity(bench.alice, 'Idle');
  bench.run({ type: 'CreateTransfer', workspaceSid, taskSid, reservationSid, to: bench.alice, mode: 'COLD' });
  const state = await reading(bench, (read) => read(taskSid));
  expect(state.rows.tasks[0]).toMatchObject({
    status: 'reserved',
    step: { kind: 'direct', workerSid: bench.alice },
  });
  expect(explainAccountTask(state, taskSid)).toMatchObject({
    reasons: [{ code: 'offered' }],
    inferred: ['workflow', 'workers', 'reasons', 'summary'],
  });
});
