import fc from 'fast-check';
import { explainTask } from '../../src/taskrouter/explain/explain-task';
import { explainWorker } from '../../src/taskrouter/explain/explain-worker';
import { actions } from '../engine/random-actions';
import { randomBench, worlds } from '../engine/random-bench';
import type { EngineBench } from '../support/engine-bench';

const stateOf = ({ engine, now }: EngineBench) => ({ view: engine.view, routing: engine.routing, now });
const rowsOf = <Name extends 'tasks' | 'workers'>({ engine, workspaceSid }: EngineBench, table: Name) => [
  ...engine.view.all(table, workspaceSid),
];

// The runs are the same every time. Change the seed for others.
const runs = { numRuns: 60, seed: 20_261_128 };

it('gives a reason against every worker for every task that waits', () => {
  let explained = 0;
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = randomBench(world, todo);
      for (const task of rowsOf(bench, 'tasks')) {
        if (!bench.engine.routing.isWaitingForOffer(task)) continue;
        const { workers, reasons, summary } = explainTask(stateOf(bench), task);
        explained += 1;
        expect(reasons.length).toBeGreaterThan(0);
        expect(summary).toMatch(/^It waits in the queue .*\.$/s);
        for (const worker of workers)
          expect(worker).toMatchObject({ eligible: false, reasons: expect.any(Array) });
        for (const worker of workers) expect(worker.reasons.length).toBeGreaterThan(0);
      }
    }),
    runs,
  );
  expect(explained).toBeGreaterThan(50);
});

/** An expression can read the activity, so that becoming available changes whom it takes. */
const readsActivity = (bench: EngineBench) =>
  [...bench.engine.view.all('taskQueues'), ...bench.engine.view.all('workflowVersions')].some((row) =>
    JSON.stringify(row).includes('activity_name'),
  );

it('says which task a worker gets exactly as the engine then offers it', () => {
  const outcomes = { offered: 0, nothing: 0 };
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const bench = randomBench(world, todo);
      for (const { sid, activitySid } of rowsOf(bench, 'workers')) {
        const worker = bench.worker(sid);
        if (bench.engine.view.find('activities', activitySid)?.available || readsActivity(bench)) continue;
        const [first] = explainWorker(stateOf(bench), worker).tasks;
        const isNext = first?.reasons.every(({ code }) => code === 'not_available');
        bench.events.length = 0;
        bench.setActivity(sid, 'Idle');
        const created = bench.events.find(
          ({ type, fields }) => type === 'reservation.created' && fields.WorkerSid === sid,
        );
        expect(created?.fields.TaskSid ?? null).toBe(isNext ? first?.taskSid : null);
        outcomes[created ? 'offered' : 'nothing'] += 1;
      }
    }),
    runs,
  );
  expect(outcomes.offered).toBeGreaterThan(10);
  expect(outcomes.nothing).toBeGreaterThan(10);
});
