import type { Figure } from '../../bench/measure';
import { betweenMarkers, markdownTable, plainTable, tables } from '../../bench/report/table';

const figures: readonly Figure[] = [
  {
    label: 'POST /Tasks',
    unit: '/s',
    value: 3200,
    ratio: { to: 'the floor', value: 0.25 },
    goals: [{ of: 'ratio', atLeast: 0.2 }],
  },
  {
    label: 'POST /Tasks, against Prism',
    unit: '/s',
    value: null,
    goals: [{ of: 'ratio', atLeast: 10 }],
    note: 'no --openapi',
  },
  {
    label: 'Lifecycle',
    unit: 'ms',
    value: 1.5,
    percentiles: { p50: 1.5, p99: 14, max: 120 },
    goals: [],
    note: '200/s',
  },
];

const { withGoal, others } = tables(figures);

test('prints a line for each figure with a goal, in columns', () => {
  expect(plainTable(withGoal).split('\n')).toEqual([
    'Measure                     Goal               Figure                      Ratio             Reached',
    '--------------------------  -----------------  --------------------------  ----------------  -------',
    'POST /Tasks                 ≥ 0.2 × the floor  3,200/s                     0.25 × the floor  yes',
    'POST /Tasks, against Prism  ≥ 10 ×             not measured: no --openapi',
  ]);
});

test('prints figures without a goal apart, without the columns that are empty', () => {
  expect(markdownTable(others).split('\n')).toEqual([
    '| Measure | Figure |',
    '|---|---|',
    '| Lifecycle | p50 1.5 ms, p99 14 ms, max 120 ms (200/s) |',
  ]);
});

test('prints no table without figures', () => {
  expect(plainTable([])).toBe('');
  expect(markdownTable([])).toBe('');
});

test('replaces the text between the markers of a document, and nothing else', () => {
  const [begin, end] = ['begin', 'end'].map((name) => `<!-- npm run bench -- --write: ${name} -->`);
  const document = `# Performance\n${begin}\nold\n${end}\nNotes\n`;
  const updated = betweenMarkers(document, 'new\n');
  expect(updated).toBe(`# Performance\n${begin}\n\nnew\n\n${end}\nNotes\n`);
  expect(betweenMarkers(updated, 'new\n')).toBe(updated);
});

test('refuses a document without markers', () => {
  expect(() => betweenMarkers('# Performance\n', 'new')).toThrow('has no lines');
});
