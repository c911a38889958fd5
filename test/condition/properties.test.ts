import fc from 'fast-check';
import { conditionOfState } from '../../src/taskrouter/condition/condition-of';
import { actions, worlds } from '../engine/random-actions';
import { workspaceAfter } from '../engine/random-workspaces';

// The runs are the same every time. Change the seed for others.
const runs = { numRuns: 150, seed: 20_261_128 };

it('says that a worker is idle while a task waits only if its callbacks failed: else the engine has matched them', () => {
  let waiting = 0;
  let held = 0;
  fc.assert(
    fc.property(worlds, actions, (world, todo) => {
      const { engine, now } = workspaceAfter(world, todo);
      const { view, routing } = engine;
      for (const queue of conditionOfState({ view, routing, now }, 'local').queues) {
        if (queue.hasWorkerAtWork) waiting += queue.waiting;
        held += queue.idle.length;
        for (const { heldUntil } of queue.idle) expect(heldUntil).toBeGreaterThan(now);
      }
    }),
    runs,
  );
  expect(waiting).toBeGreaterThan(50);
  expect(held).toBeGreaterThan(0);
});
