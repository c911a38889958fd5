import { Slices } from '../../src/common/slices';
import { jsonArray } from '../../src/taskrouter/http/json';
import { countTurns } from '../support/count-turns';

const items = (length: number) => Array.from({ length }, (_, index) => index);
const format = (item: number) => (item % 2 ? { item } : `{"item":${item}}`);
const plainly = (length: number) => JSON.stringify(items(length).map((item) => ({ item })));

it.each([0, 1, 100, 101, 1000])('writes a list of %j items as JSON.stringify does', async (length) => {
  expect(await jsonArray(items(length), format, new Slices())).toBe(plainly(length));
});

it('lets other requests through while it writes a long list', async () => {
  const turns = countTurns();
  await jsonArray(items(1000), format, new Slices(0));
  expect(turns.stop()).toBeGreaterThanOrEqual(20);
});
