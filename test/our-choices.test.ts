import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const lines = read('docs/our-choices.md').split('\n');

const rows = lines
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .map(([, number = '', question = '', , file = '', name = '']) => ({ number, question, file, name }));

const placed = rows.filter(({ file }) => file !== '—');

/** The maximum number of lines between the words "our choice" and the name that they are about. */
const reach = 20;

it('covers each of the numbered questions', () => {
  const numbers = new Set(rows.map(({ number }) => number).filter((number) => number !== ''));
  expect([...numbers]).toEqual(Array.from({ length: 26 }, (_, index) => String(index + 1)));
});

it('is one table without repeated questions', () => {
  const first = lines.findIndex((line) => line.startsWith('|'));
  const table = lines.slice(first, lines.findLastIndex((line) => line.startsWith('|')) + 1);
  expect(table.filter((line) => !line.startsWith('|'))).toEqual([]);
  const questions = rows.map(({ question }) => question);
  expect(questions.filter((question, index) => questions.indexOf(question) !== index)).toEqual([]);
});

it('names a place in the code for every choice that is implemented', () => {
  expect(rows.filter(({ file }) => file === '—').map(({ number }) => number)).toEqual(['25']);
});

it.each(placed)('finds our choice $name in $file', ({ file, name }) => {
  const source = read(file).split('\n');
  const at = (pattern: RegExp) => source.flatMap((line, index) => (pattern.test(line) ? [index] : []));
  const named = at(new RegExp(`(?<![\\w$])${name}(?![\\w$])`));
  // A line break can separate the two words.
  const chosen = [...at(/\bour choices?\b/i), ...at(/\bour$/i), ...at(/^\s*(\*|\/\/)\s+choices?\b/i)];
  expect(named).not.toEqual([]);
  // A file of choices says so once for all of them.
  if (file.endsWith('our-choices.ts')) return;
  const nearest = Math.min(...named.flatMap((one) => chosen.map((other) => Math.abs(one - other))));
  expect(nearest).toBeLessThanOrEqual(reach);
});
