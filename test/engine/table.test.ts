import fc from 'fast-check';
import { Table } from '../../src/taskrouter/engine/state/table';

interface Row {
  readonly sid: string;
  readonly sequence: number;
  readonly workspaceSid: string;
}

const changes = fc.array(
  fc.record({ workspace: fc.constantFrom('WS1', 'WS2', 'WS3'), number: fc.nat(3), removes: fc.boolean() }),
  { maxLength: 30 },
);

it('lists the rows of each workspace in order of creation, whatever comes and goes', () => {
  fc.assert(
    fc.property(changes, (todo) => {
      const table = new Table<Row>();
      const expected = new Map<string, Row>();
      for (const [index, { workspace, number, removes }] of todo.entries()) {
        const sid = `${workspace}-${number}`;
        const before = expected.get(sid);
        if (removes && !before) continue;
        const row = removes ? undefined : (before ?? { sid, sequence: index, workspaceSid: workspace });
        table.write(sid, before, row);
        if (row) expected.set(sid, row);
        else expected.delete(sid);
        for (const workspaceSid of ['WS1', 'WS2', 'WS3']) {
          const own = [...expected.values()].filter((each) => each.workspaceSid === workspaceSid);
          expect([...table.all(workspaceSid)]).toEqual(own);
        }
        expect([...table.all()]).toEqual([...expected.values()]);
      }
    }),
    // The runs are the same every time. Change the seed for others.
    { numRuns: 200, seed: 20_261_128 },
  );
});
