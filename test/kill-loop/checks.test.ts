import { contradictions } from '../support/contradictions';
import { EngineBench } from '../support/engine-bench';
import type { StoredState } from '../support/stored-state';
import { lostEvents, overdue } from './checks';

/** What is stored when Alice has been offered a task. */
function offered(): { readonly bench: EngineBench; readonly state: StoredState } {
  const bench = new EngineBench();
  bench.addTask();
  bench.setActivity(bench.alice, 'Idle');
  const { stored, events } = bench;
  return { bench, state: { rows: stored.rows(), sequence: stored.sequence, events } };
}

it('finds nothing in a state that is whole', () => {
  const { bench, state } = offered();
  expect(contradictions(state)).toEqual([]);
  expect(overdue(state, bench.now)).toEqual([]);
});

it('finds a task whose reservation was written without it', () => {
  const { state } = offered();
  const tasks = state.rows.tasks.map((task) => ({ ...task, status: 'pending' as const }));
  expect(contradictions({ ...state, rows: { ...state.rows, tasks } })[0]).toMatch(
    /^pending task WT\w+ with other/,
  );
});

it('finds a sid of nothing', () => {
  const { state } = offered();
  const found = contradictions({ ...state, rows: { ...state.rows, taskQueues: [] } });
  expect(found.join()).toMatch(/WT\w+ has taskQueueSid WQ\w+, which does not exist/);
});

it('finds a reservation that is pending beyond its timeout', () => {
  const { bench, state } = offered();
  expect(overdue(state, bench.now + 86_400_000)).toHaveLength(1);
});

it('finds events that were there before, unless a torn log took the last ones along', () => {
  const { events } = offered().state;
  const [missing] = events;
  expect(lostEvents(events, events.slice(0, -1), true)).toEqual([]);
  expect(lostEvents(events, events.slice(0, -1), false)).toHaveLength(1);
  expect(lostEvents(events, events.slice(1), true)[0]).toBe(`event ${missing?.sid}`);
});
