import fc from 'fast-check';
import type { Change } from '../../src/taskrouter/model/changes';
import { lastChanges } from '../../src/taskrouter/store/batch';
import { put, remove, sid, time } from './samples';

const batch = (changes: readonly Change[]) => ({ time, changes, events: [] });

it('leaves out a row that is created and deleted in one batch', () => {
  const changes = [
    put('deliveries'),
    put('tasks'),
    put('deliveries', { attempt: 2 } as object),
    remove('deliveries'),
  ];
  expect(lastChanges(batch(changes))).toEqual([put('tasks')]);
});

it('keeps the deletion of an earlier row, also if it was created again in between', () => {
  const changes = [remove('tasks'), put('tasks'), remove('tasks')];
  expect(lastChanges(batch(changes))).toEqual([remove('tasks')]);
});

it('leaves the same rows as all changes one after the other', () => {
  const steps = fc.array(fc.record({ number: fc.nat(3), version: fc.option(fc.nat(9)) }));
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(3)), steps, (earlier, written) => {
      const rows = new Map(
        earlier.map((number) => [sid('WT', number), put('tasks', { sid: sid('WT', number) }).after]),
      );
      const stored = new Map(rows);
      const changes = written.map(({ number, version }): Change => {
        const before = rows.get(sid('WT', number));
        const after = version === null ? undefined : put('tasks', { sid: sid('WT', number), version }).after;
        const change = { table: 'tasks', sid: sid('WT', number), before, after } as Change;
        apply(rows, change);
        return change;
      });
      const last = lastChanges(batch(changes));
      for (const change of last) apply(stored, change);
      expect(stored).toEqual(rows);
      expect(new Set(last.map((change) => change.sid)).size).toBe(last.length);
    }),
    { seed: 20_261_128 },
  );
});

function apply(rows: Map<string, unknown>, change: Change): void {
  if (change.after) rows.set(change.sid, change.after);
  else rows.delete(change.sid);
}
