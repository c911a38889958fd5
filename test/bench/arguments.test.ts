import { BadArguments, help, readArguments } from '../../bench/run/arguments';

const known = ['durable-tasks', 'cold-start', 'engine-lifecycles'];
const read = (...args: string[]) => readArguments(args, known);

test('runs everything, prints a table, and repeats the same seed by default', () => {
  expect(read()).toEqual({
    quick: false,
    only: [],
    format: 'table',
    write: false,
    seed: 1,
    openapi: null,
    help: false,
  });
});

test('--only takes names apart from each other, separated by commas, or repeated', () => {
  const only = ['durable-tasks', 'cold-start'];
  expect(read('--only', ...only).only).toEqual(only);
  expect(read('--only', only.join()).only).toEqual(only);
  expect(read('--only', 'durable-tasks', '--only', 'cold-start', '--quick')).toMatchObject({
    only,
    quick: true,
  });
});

test.each([
  [
    ['--only', 'cold-strat'],
    "Unknown measure 'cold-strat'. Use durable-tasks, cold-start, engine-lifecycles.",
  ],
  [['cold-start'], "Unknown argument 'cold-start'. Name measures with --only cold-start."],
  [['--seed', 'x'], "Invalid --seed 'x'. Use a whole number."],
  [['--write', '--only', 'cold-start'], '--write needs all measures. Leave out --only.'],
  [['--json', '--markdown'], 'Use --json or --markdown, not both.'],
  [['--openapi', 'missing.json'], '--openapi: missing.json does not exist.'],
  [['--fast'], "Unknown option '--fast'"],
])('refuses %j and says what to use', (args, message) => {
  expect(() => read(...args)).toThrow(BadArguments);
  expect(() => read(...args)).toThrow(message);
});

test('the help lists every measure', () => {
  expect(help([{ name: 'cold-start', about: 'A new instance' }])).toContain(
    '\n  cold-start  A new instance\n',
  );
});
