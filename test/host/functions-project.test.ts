import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleFunctions } from '../../src/host/build/bundle-functions';
import { bundleFolder, findFunctionsProject, hasRootAsset } from '../../src/host/build/functions-project';
import { readRoutes } from '../../src/host/build/read-routes';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with these files. */
function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'taskrouter-project-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}
const find = (files: Readonly<Record<string, string>>) => findFunctionsProject(project(files));

describe('the Functions of a project', () => {
  it('are in the folders that Twilio’s tools use', () => {
    expect(find({ 'functions/hello.js': '', 'assets/a.txt': '' })).toMatchObject({
      sourceFolder: undefined,
      functionsFolder: 'functions',
      assetsFolder: 'assets',
    });
    expect(find({ 'functions/hello.js': '', 'static/a.txt': '' })).toMatchObject({ assetsFolder: 'static' });
  });

  it('are bundled from TypeScript, outside of the sources', () => {
    const typescript = { functionsFolder: bundleFolder };
    expect(find({ 'functions/hello.ts': '' })).toMatchObject({ ...typescript, sourceFolder: 'functions' });
    expect(find({ 'src/functions/a/hello.ts': '' })).toMatchObject({
      ...typescript,
      sourceFolder: 'src/functions',
    });
    expect(find({ 'functions/types.d.ts': '', 'functions/hello.js': '' })).toMatchObject({
      sourceFolder: undefined,
    });
  });

  it('are where .twilioserverlessrc says, which may have comments and settings for start alone', () => {
    const files = {
      '.twilioserverlessrc': `{
        // As in the documentation.
        "functionsFolder": "code/", "assetsFolder": "files",
        "commands": { "start": { "env": ".env.local" }, "deploy": { "functionsFolder": "dist" } },
      }`,
      'code/hello.js': '',
      'files/a.txt': '',
      'functions/other.js': '',
    };
    expect(find(files)).toMatchObject({
      functionsFolder: 'code',
      assetsFolder: 'files',
      environmentFile: '.env.local',
    });
  });

  it('are where "twilioserverless" in package.json says', () => {
    const manifest = JSON.stringify({ twilioserverless: { functionsFolder: 'code' } });
    expect(find({ 'package.json': manifest, 'code/hello.js': '' })).toMatchObject({
      functionsFolder: 'code',
    });
  });

  it('are bundled from their sources where the settings name a built folder', () => {
    const settings = '{"functionsFolder":"dist/functions","assetsFolder":"dist/assets"}';
    for (const source of ['functions', 'src/functions']) {
      const files = { '.twilioserverlessrc': settings, [`${source}/hello.ts`]: '', 'src/assets/a.txt': '' };
      expect(find(files)).toMatchObject({
        sourceFolder: source,
        functionsFolder: bundleFolder,
        assetsFolder: 'src/assets',
      });
    }
    expect(find({ '.twilioserverlessrc': settings, 'dist/functions/hello.js': '' })).toMatchObject({
      sourceFolder: undefined,
      functionsFolder: 'dist/functions',
    });
  });

  it('are in src only if the project is deployed with Twilio’s tools', () => {
    expect(find({ 'src/index.js': '' })).toBeNull();
    const dependencies = { '@twilio/runtime-handler': '2.1.0' };
    expect(find({ 'src/index.js': '', 'package.json': JSON.stringify({ dependencies }) })).toMatchObject({
      functionsFolder: 'src',
    });
  });

  it('are missing in a folder without any', () => {
    expect(find({})).toBeNull();
    expect(find({ 'functions/readme.md': '' })).toBeNull();
  });

  it.each([
    ['{"functionsFolder":"dist/functions"}', /names the folder dist\/functions, which has no Functions/],
    ['{"functionsFolder":7}', /\.twilioserverlessrc: functionsFolder: .*expected string/],
    ['{', /\.twilioserverlessrc cannot be read: /],
  ])('are named by settings that are checked: %s', (settings, message) => {
    expect(() => find({ '.twilioserverlessrc': settings })).toThrow(message);
  });
});

it('knows whether a project has a page of its own', () => {
  const own = find({ 'functions/hello.js': '', 'assets/assets/index.html': '' });
  const none = find({ 'functions/hello.js': '', 'assets/index.html': '' });
  expect([own && hasRootAsset(own), none && hasRootAsset(none)]).toEqual([true, false]);
});

const options = (projectRoot: string) => ({
  projectRoot,
  sourceFolder: 'functions',
  outputFolder: bundleFolder,
});

it('bundles JavaScript beside TypeScript, and names every source', async () => {
  const root = project({
    'functions/hello.ts': `import { word } from '../lib/word'; export const handler = () => word;`,
    'functions/old.js': 'exports.handler = () => {};',
    'functions/hello.js': 'compiled from hello.ts (',
    'lib/word.ts': `export const word = 'a word';`,
  });
  const { bundled, failures, inputs } = await bundleFunctions(options(root));
  expect(failures).toEqual([]);
  expect(bundled.map(({ source }) => source).sort()).toEqual(['functions/hello.ts', 'functions/old.js']);
  expect([...inputs].sort()).toEqual(['functions/hello.ts', 'functions/old.js', 'lib/word.ts']);
});

it('warns about a package that a deployment would lack, where the project is not ours', async () => {
  const root = project({ 'functions/hello.ts': `import 'lodash'; export const handler = () => {};` });
  const message = 'functions/hello.ts: requires "lodash", which deployments lack.';
  const strict = await bundleFunctions(options(root));
  expect(strict.failures).toMatchObject([{ message: expect.stringContaining(message) }]);
  const { bundled, failures, warnings } = await bundleFunctions({ ...options(root), allowUndeclared: true });
  expect([failures, bundled]).toMatchObject([[], [{ source: 'functions/hello.ts' }]]);
  expect(warnings).toEqual([expect.stringContaining(message)]);
});

it('serves the lifecycle page and its Functions beside others, without its callbacks', async () => {
  const lifecycle = {
    root: project({
      'dist/functions/create-task.js': '',
      'dist/functions/lifecycle.js': '',
      'dist/functions/assignment-callback.protected.js': '',
      'dist/assets/assets/index.html': '',
    }),
  };
  const projectRoot = project({ 'functions/lifecycle.js': '', 'functions/agent.js': '' });
  const own = { projectRoot, functionsFolder: 'functions', assetsFolder: 'assets' };
  const { all, conflicts } = await readRoutes({ ...own, lifecycle }, undefined);
  expect(conflicts).toEqual([]);
  expect(
    all.map((route) => [route.path, path.relative(projectRoot, route.filePath)[0] !== '.', route.signsIn]),
  ).toEqual([
    ['/agent', true, false],
    ['/lifecycle', true, false],
    ['/create-task', false, true],
    ['/assets/index.html', false, undefined],
  ]);
  const alone = await readRoutes(own, undefined);
  expect(alone.all.map(({ signsIn }) => signsIn)).toEqual([true, true]);
});
