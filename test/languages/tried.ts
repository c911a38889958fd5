import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../support/taskrouter-process';

/** The table of docs/run.md: which clients were tried, by name, and in which version. */
export function triedVersions(): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(projectRoot, 'docs', 'run.md'), 'utf8');
  const section = text.split(/^## /m).find((each) => each.startsWith('Tried\n')) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return new Map(
    rows.slice(1).map((row) => {
      const [, name = '', version = ''] = row.split('|').map((cell) => cell.trim());
      return [name, version] as const;
    }),
  );
}
