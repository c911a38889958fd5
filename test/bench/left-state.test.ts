import { contradictions, exceededCapacities } from '../support/contradictions';
import { EngineBench } from '../support/engine-bench';
import type { StoredState } from '../support/stored-state';

/** What is stored when Alice has been offered a task. */
function offered(): StoredState {
  const bench = new EngineBench();
  bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  const { stored, events } = bench;
  return { rows: stored.rows(), sequence: stored.sequence, events };
}

test('a state that is right has no contradictions', () => {
  const state = offered();
  expect([...contradictions(state), ...exceededCapacities(state)]).toEqual([]);
});

test('finds a worker with more reservations than capacity', () => {
  const { rows, ...state } = offered();
  const workerChannels = rows.workerChannels.map((channel) => ({ ...channel, configuredCapacity: 0 }));
  const [found] = exceededCapacities({ ...state, rows: { ...rows, workerChannels } });
  expect(found).toMatch(/^worker WK\w+ has 1 reservations on channel WC\w+$/);
});

test('finds a reserved task without its reservation', () => {
  const { rows, ...state } = offered();
  const [found] = contradictions({ ...state, rows: { ...rows, reservations: [] } });
  expect(found).toMatch(/^reserved task WT\w+ with other reservations$/);
});
