import { readFileSync } from 'node:fs';
import path from 'node:path';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'support.md'), 'utf8');

/** The rows of a table of docs/support.md, cell by cell. */
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

/** What docs/support.md says of each operation; `missing` are the parameters that answer 501. */
export const supportedOperations = supportRows('Operations').map(([name = '', state = '', remarks = '']) => ({
  name: name.replaceAll('`', ''),
  state,
  missing: [...remarks.matchAll(/`(\w+=\w+)`/g)].map(([, form = '']) => form),
}));
