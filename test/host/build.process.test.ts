import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { sourceHash } from '../../src/system/project-sources';
import { Project } from './project';

const ours = path.join(__dirname, '../..');
const files = {
  'package.json': '{"name":"built","dependencies":{"twilio":"6.2.0"}}',
  'functions/hello.ts': `import { word } from '../src/steps/word';
  declare const __BUILD__: string;
  export const handler = (context, event, callback) => callback(null, { word, build: __BUILD__ });`,
  'functions/folder/call.protected.ts': `import twilio from 'twilio'; export const handler = () => twilio;`,
  'src/steps/word.ts': `export const word = 'from a step';`,
  'src/proxy/preload/redirect-connections.ts': `console.log('confined');`,
  'src/cli/taskrouter.ts': `import { parse } from '../grammar.peggy'; console.log(parse('a'));`,
  'src/workspace/file/json-schema.ts': `export const workspaceJsonSchema = () => ({ title: 'a schema' });`,
  'src/testkit/index.ts': `export { word } from '../steps/word';`,
  'src/testkit/contract.ts': `export declare const word: string;`,
  'src/grammar.peggy': `start = 'a' { return 'parsed'; }`,
  'assets/assets/index.html':
    '<!doctype html><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script>',
  'assets/page.tsx': `import { label } from './parts/label'; document.title = label;`,
  'assets/parts/label.ts': `export const label: string = 'a label';`,
  'assets/page.css': 'body { margin: 0 }',
  'src/inspector-page/index.html': '<!doctype html><script type="module" src="/inspector.js"></script>',
  'src/inspector-page/inspector.ts': `document.title = 'inspector';`,
};

/** What the project above deploys. */
const urls = {
  functions: { '/folder/call': 'protected', '/hello': 'public' },
  assets: { '/assets/index.html': 'public', '/page.css': 'public', '/page.js': 'public' },
};

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('npm run build', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project(files);
    for (const folder of ['scripts', 'src/common', 'src/host', 'src/system'])
      cpSync(path.join(ours, folder), path.join(project.root, folder), { recursive: true });
    project.write('scripts/urls.json', JSON.stringify(urls));
  });
  afterEach(() => project.remove());

  const read = (file: string) => readFileSync(path.join(project.root, file), 'utf8');
  const run = (program: string, ...options: string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(process.execPath, [path.join(project.root, program), ...options], (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const runBuild = (...options: string[]) => run('scripts/build.mjs', ...options);
  const built = (folder: string) =>
    readdirSync(path.join(project.root, folder), { recursive: true })
      .map(String)
      .filter((file) => /\.\w+$/.test(file) && !file.endsWith('.map'))
      .sort();

  it('makes what is deployed and what runs locally, records it, and nothing else', async () => {
    project.write('dist/functions/gone.js', 'a live URL without a source');
    const { code, out, err } = await runBuild();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^dist: 2 Functions \(build [0-9a-f]{12}\), 3 assets/);
    expect(built('dist/functions')).toEqual(['folder/call.protected.js', 'hello.js']);
    expect(built('dist/assets')).toEqual(['assets/index.html', 'page.css', 'page.js']);
    expect(built('dist/cli')).toEqual([
      'bundle-functions.js',
      'functions-child.js',
      'redirect-connections.js',
      'taskrouter.js',
    ]);
    expect(built('dist/inspector')).toEqual(['index.html', 'inspector.js']);
    expect(built('dist/testkit')).toEqual(['THIRD-PARTY-LICENSES.txt', 'index.d.ts', 'index.js']);

    expect(JSON.parse(read('dist/workspace.schema.json'))).toEqual({ title: 'a schema' });

    const { build, functions, assets } = JSON.parse(read('dist/artifact.json'));
    expect(out).toContain(`(build ${build})`);
    expect(read('dist/functions/hello.js')).toContain(`"${build}"`);
    expect(functions).toEqual([
      { path: '/folder/call', visibility: 'protected' },
      { path: '/hello', visibility: 'public' },
    ]);
    expect(assets.map(({ path }: { path: string }) => path)).toEqual([
      '/assets/index.html',
      '/page.css',
      '/page.js',
    ]);
    expect(build).toBe(await sourceHash(project.root, 'functions'));
  });

  it.each([
    [
      'an unexpected URL',
      { ...urls, functions: { '/hello': 'public' } },
      '/folder/call (Function, protected) is not listed in scripts/urls.json. Add it there if you want to deploy it.\n',
    ],
    [
      'a URL of another visibility',
      { ...urls, functions: { '/folder/call': 'public', '/hello': 'public' } },
      '/folder/call (Function) is protected, but scripts/urls.json says public\n',
    ],
    [
      'a missing URL',
      { ...urls, assets: { ...urls.assets, '/logo.svg': 'public' } },
      '/logo.svg (asset) is listed in scripts/urls.json, but was not built\n',
    ],
  ])('fails for %s, and deploys nothing', async (_what, expected, err) => {
    project.write('scripts/urls.json', JSON.stringify(expected));
    expect(await runBuild()).toEqual({ code: 1, out: '', err });
    expect(existsSync(path.join(project.root, 'dist/functions'))).toBe(false);
  });

  it('fails for a Function that requires a package which deployments lack', async () => {
    project.write(
      'functions/hello.ts',
      `import express from 'express/lib/express'; export const handler = express;`,
    );
    expect(await runBuild()).toMatchObject({
      code: 1,
      err: 'functions/hello.ts: requires "express", which deployments lack. Add it to "dependencies" in package.json with an exact version.\n',
    });
  });

  it('puts everything a Function needs into its file, except packages, and compiles the grammar of the command', async () => {
    expect(await runBuild('--quiet')).toEqual({ code: 0, out: '', err: '' });
    expect(read('dist/functions/hello.js')).toContain('from a step');
    expect(read('dist/functions/hello.js')).not.toContain('require(');
    expect(read('dist/functions/folder/call.protected.js')).toContain('require("twilio")');
    expect(read('dist/cli/taskrouter.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(path.join(project.root, 'dist/cli/taskrouter.js')).mode & 0o777).toBe(0o755);
    expect((await run('dist/cli/taskrouter.js')).out).toBe('parsed\n');
  });

  it('names the build by its sources and dependencies', async () => {
    const names = [await sourceHash(project.root, 'functions')];
    const changes = [
      ['assets/page.css', 'body { margin: 1px }'],
      ['src/steps/word.ts', `export const word = 'another';`],
      ['package.json', '{"name":"built","dependencies":{"twilio":"6.2.1"}}'],
    ] as const;
    for (const [file, contents] of changes) {
      project.write(file, contents);
      names.push(await sourceHash(project.root, 'functions'));
    }
    expect(new Set(names).size).toBe(4);
    project.write('src/testkit/index.ts', `export const word = 'not deployed';`);
    expect(await sourceHash(project.root, 'functions')).toBe(names[3]);
  });

  it.each([
    [
      'a Function',
      'functions/hello.ts',
      'export const handler = () => {\n  const = 1;\n};',
      'functions/hello.ts:2:9: ',
    ],
    ['a grammar', 'src/grammar.peggy', `start = 'a'\nother = ]`, 'src/grammar.peggy:2:9: '],
    ['a page', 'assets/page.tsx', 'const a = 1;\nconst = 2;', 'assets/page.tsx:2:7: '],
    ['an import', 'functions/hello.ts', `import './missing';`, 'functions/hello.ts:1:8: Could not resolve'],
  ])(
    'fails for %s that does not compile, names its place, and deploys nothing',
    async (_what, file, contents, place) => {
      project.write(file, contents);
      const { code, out, err } = await runBuild();
      expect([code, out]).toEqual([1, '']);
      expect(err.startsWith(place) ? place : err).toBe(place);
      expect(err).not.toMatch(/\n\s+at /);
      expect(existsSync(path.join(project.root, 'dist/functions'))).toBe(false);
    },
  );

  it('ships a style sheet as one file, with its imports', async () => {
    project.write('assets/page.css', '@import "./parts/colors.css";');
    project.write('assets/parts/colors.css', 'body { color: red }');
    await runBuild();
    expect(built('dist/assets')).toEqual(['assets/index.html', 'page.css', 'page.js']);
    expect(read('dist/assets/page.css')).toContain('color:red');
  });

  it('fails when an entry point or the source of a page’s script is missing', async () => {
    project.delete('assets/page.tsx');
    expect(await runBuild()).toMatchObject({
      code: 1,
      err: 'assets/assets/index.html:1:83: No source found for page.js\n',
    });
    project.write('assets/page.tsx', '');
    project.delete('src/cli/taskrouter.ts');
    expect(await runBuild()).toMatchObject({
      code: 1,
      err: expect.stringContaining('src/cli/taskrouter.ts'),
    });
  });

  it('fails rather than build no Function', async () => {
    project.delete('functions/hello.ts');
    project.delete('functions/folder/call.protected.ts');
    expect(await runBuild()).toMatchObject({ code: 1, err: 'functions/ contains no Function\n' });
  });

  it('keeps the previous build when a build fails, and leaves no files of its own', async () => {
    await runBuild();
    const before = built('dist');
    const bundle = read('dist/functions/hello.js');
    project.write('functions/hello.ts', 'export const handler = ;');
    expect((await runBuild()).code).toBe(1);
    expect(built('dist')).toEqual(before);
    expect(read('dist/functions/hello.js')).toBe(bundle);
    expect(readdirSync(project.root).filter((file) => file.startsWith('.dist'))).toEqual([]);
  });

  it('removes what an interrupted build has left', async () => {
    project.write('.dist-99999999/functions/hello.js', '');
    await runBuild();
    expect(existsSync(path.join(project.root, '.dist-99999999'))).toBe(false);
  });

  it('builds before a command runs only if a source has changed', async () => {
    const folder = () => statSync(path.join(project.root, 'dist')).ino;
    project.write('src/cli/taskrouter.ts', 'console.log("first")');
    expect(await run('scripts/run.mjs', 'start')).toEqual({ code: 0, out: 'first\n', err: '' });
    const before = folder();
    expect((await run('scripts/run.mjs', 'start')).out).toBe('first\n');
    expect(folder()).toBe(before);
    project.write('src/cli/taskrouter.ts', 'console.log("second")');
    expect((await run('scripts/run.mjs', 'start')).out).toBe('second\n');
  });

  it.each([['scripts/build.mjs'], ['scripts/run.mjs', 'start'], ['scripts/run.mjs', 'demo']])(
    'asks for npm ci when packages are missing: %s %s',
    async (script, ...options) => {
      rmSync(path.join(project.root, 'node_modules'));
      expect(await run(script, ...options)).toEqual({
        code: 3,
        out: '',
        err: 'Dependencies are not installed. Run "npm ci" first.\n',
      });
    },
  );

  it('links the command into node_modules/.bin, where npx finds it before the first build', async () => {
    rmSync(path.join(project.root, 'node_modules'));
    mkdirSync(path.join(project.root, 'node_modules'));
    project.write('dist/cli/taskrouter.js', 'console.log("linked")');
    for (let round = 0; round < 2; round += 1) expect((await run('scripts/link-command.mjs')).code).toBe(0);
    const link = path.join(project.root, 'node_modules/.bin/taskrouter');
    expect(path.resolve(path.dirname(link), readlinkSync(link))).toBe(
      path.join(project.root, 'dist/cli/taskrouter.js'),
    );
    expect((await run('node_modules/.bin/taskrouter')).out).toBe('linked\n');
  });
});
