import fc from 'fast-check';
import { Journal } from '../../src/taskrouter/engine/state/journal';
import type { Activity } from '../../src/taskrouter/model/entities';

const writes = fc.array(fc.record({ number: fc.nat(40), removes: fc.boolean() }), { maxLength: 120 });

const activity = (sid: string, sequence: number): Activity => ({
  sid,
  sequence,
  dateCreated: 0,
  dateUpdated: 0,
  workspaceSid: 'WS1',
  friendlyName: sid,
  available: true,
});

it('keeps one change per row, in the order of the first, however many there are', () => {
  fc.assert(
    fc.property(writes, fc.boolean(), (todo, isFilled) => {
      const journal = new Journal();
      const rows = new Map<string, Activity>();
      if (isFilled)
        for (let number = 0; number < 20; number += 1) rows.set(`${number}`, activity(`${number}`, 0));
      const before = new Map(rows);
      const written = new Set<string>();
      for (const [index, { number, removes }] of todo.entries()) {
        const sid = String(number);
        if (removes && !rows.has(sid)) continue;
        const row = removes ? undefined : activity(sid, index + 1);
        journal.record('activities', sid, rows.get(sid), row);
        written.add(sid);
        if (row) rows.set(sid, row);
        else rows.delete(sid);
      }
      const expected = [...written]
        .map((sid) => ({ table: 'activities', sid, before: before.get(sid), after: rows.get(sid) }))
        .filter((change) => change.before || change.after);
      expect(journal.take()).toEqual(expected);
      expect(journal.take()).toEqual([]);
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 200, seed: 20_261_129 },
  );
});

it('tells rows of different tables with the same sid apart', () => {
  const journal = new Journal();
  const row = activity('1', 1);
  journal.record('activities', '1', undefined, row);
  journal.record('taskChannels', '1', undefined, row as never);
  expect(journal.take().map(({ table }) => table)).toEqual(['activities', 'taskChannels']);
});
