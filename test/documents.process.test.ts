import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../package.json';

const root = path.join(__dirname, '..');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('docs', file)),
];
const textOf = (document: string) => readFileSync(path.join(root, document), 'utf8');
const help = (...command: string[]) =>
  execFileSync(process.execPath, [path.join(root, 'dist/cli/taskrouter.js'), ...command, '--help'], {
    encoding: 'utf8',
  });

let commands: string[];
beforeAll(() => {
  commands = [...help().matchAll(/^ {2}taskrouter (\w+)/gm)].map(([, name = '']) => name);
});

/** What a document says to type after a word, without repetition. */
const typed = (document: string, pattern: RegExp) => [
  ...new Set([...textOf(document).matchAll(pattern)].map(([, name = '']) => name)),
];

describe.each(documents)('%s', (document) => {
  it('names scripts that are there', () => {
    const named = typed(document, /npm run ([\w:-]+)/g);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it('names commands that are there', () => {
    const named = typed(document, /npx taskrouter (\w+)/g);
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  });

  it('links to files that are there', () => {
    const linked = typed(document, /\]\((?!https?:|#)([^)#]+)/g);
    const from = path.join(root, path.dirname(document));
    expect(linked.filter((file) => !existsSync(path.join(from, file)))).toEqual([]);
  });
});

it.each([
  ['deploy', /npm run deploy -- ([^\n`]+)/g],
  ['rehearse', /npm run rehearse -- ([^\n`]+)/g],
])('names flags of %s that are there', (command, pattern) => {
  const known = help(command);
  const flags = documents
    .flatMap((document) => typed(document, pattern))
    .flatMap((line) => line.match(/--[a-z-]+/g) ?? []);
  expect(flags.length).toBeGreaterThan(0);
  expect(flags.filter((flag) => !new RegExp(`${flag}\\b`).test(known))).toEqual([]);
});
