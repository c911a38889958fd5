import { execFileSync } from 'node:child_process';
import path from 'node:path';
import manifest from '../package.json';
import { documents, found, projectRoot } from './support/documents';

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

const flagsOf = (...command: string[]): string[] => help(...command).match(/--[a-z-]+/g) ?? [];

it.each([
  ['docs/commands.md', [['start'], ['serve']]],
  ['docs/deploy.md', [['deploy'], ['wire']]],
  [
    'docs/workspace-file.md',
    [
      ['workspace', 'plan'],
      ['workspace', 'apply'],
      ['workspace', 'pull'],
    ],
  ],
])('lists in the tables of %s flags that exist', (document, commands) => {
  const listed = found(document, /^\| (`--[^|]*) \|/gm).flatMap((cell) => cell.match(/--[a-z-]+/g) ?? []);
  const known = commands.flatMap((command) => flagsOf(...command));
  expect(listed.length).toBeGreaterThan(0);
  expect(listed.filter((flag) => !known.includes(flag))).toEqual([]);
});

it('lists every flag of start and serve in docs/commands.md', () => {
  const flags = ['start', 'serve'].flatMap((command) => help(command).match(/(?<=^ {2})--[a-z-]+/gm) ?? []);
  const listed = found('docs/commands.md', /^\| `(--[a-z-]+)`/gm);
  expect(flags.filter((flag) => !['--help', '--version', ...listed].includes(flag))).toEqual([]);
});
