import { readFileSync } from 'node:fs';
import path from 'node:path';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'support.md'), 'utf8');

/** The rows of a table in docs/support.md, as lists of cells. */
export function supportRows(heading: 'Operations' | 'Rules'): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The operations in docs/support.md. `missing` lists the parameters that return 501. */
export const supportedOperations = supportRows('Operations').map(([name = '', state = '', remarks = '']) => ({
  name: name.replaceAll('`', ''),
  state,
  missing: [...remarks.matchAll(/`(\w+=\w+)`/g)].map(([, form = '']) => form),
}));
