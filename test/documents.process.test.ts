import { execFileSync } from 'node:child_process';
import path from 'node:path';
import manifest from '../package.json';
import { documents, found, projectRoot, readDocument } from './support/documents';

const help = (...command: string[]) =>
  execFileSync(process.execPath, [path.join(projectRoot, 'dist/cli/taskrouter.js'), ...command, '--help'], {
    encoding: 'utf8',
  });

let commands: string[];
beforeAll(() => {
  commands = [...help().matchAll(/^ {2}taskrouter (\w+)/gm)].map(([, name = '']) => name);
});

describe.each(documents)('%s', (document) => {
  it('names scripts that exist', () => {
    const named = found(document, /npm run ([\w:-]+)/g);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it('names commands that exist', () => {
    const named = found(document, /npx taskrouter (\w+)/g).filter((name) => name !== 'COMMAND');
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  });
});

it.each([
  ['deploy', /npm run deploy -- ([^\n`]+)/g],
  ['rehearse', /npm run rehearse -- ([^\n`]+)/g],
])('names flags of %s that exist', (command, pattern) => {
  const known = help(command);
  const flags = documents
    .flatMap((document) => found(document, pattern))
    .flatMap((line) => line.match(/--[a-z-]+/g) ?? []);
  expect(flags.length).toBeGreaterThan(0);
  expect(flags.filter((flag) => !new RegExp(`${flag}\\b`).test(known))).toEqual([]);
});

it('lists every flag of start and serve in docs/commands.md', () => {
  const [, section = ''] = readDocument('docs/commands.md').split('## Flags of `start` and `serve`\n');
  const listed = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(--[a-z-]+)`/gm)].map(
    ([, flag]) => flag,
  );
  const flags = ['start', 'serve'].flatMap((command) => help(command).match(/(?<=^ {2})--[a-z-]+/gm) ?? []);
  const own = new Set(flags.filter((flag) => flag !== '--help' && flag !== '--version'));
  expect(listed.sort()).toEqual([...own].sort());
});
