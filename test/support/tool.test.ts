import { BadFlags, readFlags } from './tool';

const read = (...args: string[]) => readFlags(args, 'cases', 100);

it('reads the seed and the count of a tool', () => {
  expect(read('--seed', '7', '--cases', '12')).toEqual({ seed: 7, count: 12 });
  expect(read('--seed', '7').count).toBe(100);
  expect(read().seed).toEqual(expect.any(Number));
});

it.each([
  [['--seed', 'x'], "Invalid --seed 'x'. Use a whole number."],
  [['--cases=-1'], "Invalid --cases '-1'. Use a whole number."],
  [['--kills', '1'], "Unknown option '--kills'"],
])('refuses %j', (args, message) => {
  expect(() => read(...args)).toThrow(BadFlags);
  expect(() => read(...args)).toThrow(message);
});
