import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { measures } from '../../bench/measures';

const root = path.join(__dirname, '..', '..');

test('every measure has a name of its own and is in the file of its name', () => {
  const names = measures.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !existsSync(path.join(root, 'bench', `${name}.ts`)))).toEqual([]);
});

test('docs/performance.md describes every measure, in the same order', () => {
  const document = readFileSync(path.join(root, 'docs', 'performance.md'), 'utf8');
  const section = document.slice(document.indexOf('## What it measures'), document.indexOf('## Results'));
  const described = [...section.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  expect(described).toEqual(measures.map(({ name }) => name));
});
