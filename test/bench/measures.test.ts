import { existsSync } from 'node:fs';
import path from 'node:path';
import { measures } from '../../bench/measures';

const bench = path.join(__dirname, '..', '..', 'bench');

test('every measure has a name of its own and is in the file of its name', () => {
  const names = measures.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !existsSync(path.join(bench, `${name}.ts`)))).toEqual([]);
});
