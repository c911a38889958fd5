import { Slices } from '../../src/common/slices';
import { countTurns } from '../support/count-turns';

it('lets the event loop handle something else after each slice', async () => {
  const turns = countTurns();
  await new Slices(0).each([...Array(320).keys()], () => undefined);
  expect(turns.stop()).toBeGreaterThanOrEqual(10);
});

it('carries out one work after the other, however many there are', async () => {
  const slices = new Slices(0);
  const visited: string[] = [];
  const work = (name: string) => slices.each([...Array(100).keys()], () => visited.push(name));
  await Promise.all([work('first'), work('second'), work('third')]);
  expect(visited.join(' ')).toMatch(/^(first ?){100}(second ?){100}(third ?){100}$/);
});

it('goes on with the next work when one fails, and rejects only that one', async () => {
  const slices = new Slices();
  const failing = slices.each([1], () => {
    throw new Error('unreadable');
  });
  const next = slices.each([1], () => undefined);
  await expect(failing).rejects.toThrow('unreadable');
  await expect(next).resolves.toBeUndefined();
});
