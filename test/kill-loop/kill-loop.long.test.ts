import Database from 'libsql';
import { killLoop } from './kill-loop';

describe('the kill loop', () => {
  it('finds nothing lost, half-written, or forgotten', async () => {
    const result = await killLoop({ seed: 1, kills: 2 });
    expect(result.faults).toEqual([]);
    expect(result.kills).toBeGreaterThanOrEqual(2);
    expect(result.acknowledged).toBeGreaterThan(0);
    expect(result.callbacks).toBeGreaterThan(0);
  });

  it.each([
    ['an event', "DELETE FROM events WHERE type LIKE '%.created'", /lost: .* times /],
    ['a row', 'DELETE FROM workspaces', /which does not exist/],
  ])('finds %s that a store has lost', async (_what, sql, fault) => {
    const whileDown = (file: string) => {
      const database = new Database(file);
      database.exec(sql);
      database.close();
    };
    const { faults } = await killLoop({ seed: 1, kills: 1, whileDown });
    expect(faults.join('\n')).toMatch(fault);
  });
});
