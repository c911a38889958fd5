import { EngineBench } from '../support/engine-bench';
import type { StoredState } from '../support/stored-state';
import { Ledger } from './ledger';

const stateOf = ({ stored, events }: EngineBench): StoredState => ({
  rows: stored.rows(),
  sequence: stored.sequence,
  events,
});

it('misses a task that nobody deleted, but not one that was finished long ago', () => {
  const bench = new EngineBench();
  const ledger = new Ledger();
  const taskSid = bench.addTask();
  ledger.send(taskSid);
  const whole = stateOf(bench);
  expect(ledger.lost({ ...whole, rows: { ...whole.rows, tasks: [] } })).toEqual([`the resource ${taskSid}`]);
  bench.updateTask(taskSid, { assignmentStatus: 'canceled', reason: 'enough' });
  bench.pass(60);
  expect(ledger.lost({ ...stateOf(bench), rows: { ...whole.rows, tasks: [] } })).toHaveLength(1);
  bench.pass(240);
  bench.addTask();
  expect(ledger.lost(stateOf(bench))).toEqual([]);
});
