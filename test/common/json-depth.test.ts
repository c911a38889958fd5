import { isDeeperThan } from '../../src/common/json-depth';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

it('counts objects and arrays that are open at the same time', () => {
  expect(isDeeperThan(3, nested(3))).toBe(false);
  expect(isDeeperThan(3, nested(4))).toBe(true);
  expect(isDeeperThan(3, '{"a":[{"b":[1]}]}')).toBe(true);
  expect(isDeeperThan(1, `[${Array(100).fill('1')}]`)).toBe(false);
  expect(isDeeperThan(2, `[${Array(100).fill('{}')}]`)).toBe(false);
});

it('does not count brackets in strings', () => {
  expect(isDeeperThan(1, JSON.stringify(['[[[', '\\"[[', '\\\\']))).toBe(false);
});

it('reads a million levels', () => {
  expect(isDeeperThan(2_000_000, nested(1_000_000))).toBe(false);
});
