import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FunctionsHost } from '../../src/host/functions-host';
import { Project } from './project';
import { sendRequest } from './send-request';

const saying = (text: string) =>
  `export const handler = (context, event, callback) => callback(null, ${JSON.stringify(text)});`;
const functions = {
  'functions/hello.ts': saying('before'),
  'functions/shared.ts': `import { word } from '../src/steps/word';
  export const handler = (context, event, callback) => callback(null, word);`,
  'functions/far.ts': `import { word } from '../lib/far'; export const handler = (context, event, callback) => callback(null, word);`,
  'lib/far.ts': `export const word = 'before';`,
  'functions/slow.ts': `export const handler = (context, event, callback) => {
    console.log('slow has started');
    setTimeout(() => callback(null, 'slow and done'), 300);
  };`,
  'functions/setting.ts': `export const handler = (context, event, callback) =>
    callback(null, { mode: context.MODE, sid: context.ACCOUNT_SID, sort: context.SORT ?? null });`,
  'functions/build.ts': `declare const __BUILD__: string;
  export const handler = (context, event, callback) => callback(null, __BUILD__);`,
  'src/steps/word.ts': `export const word = 'before';`,
  'dist/functions/stale.js': `exports.handler = (context, event, callback) => callback(null, 'stale');`,
};

describe('reload', () => {
  let project: Project;
  let host: FunctionsHost;

  beforeEach(async () => {
    project = new Project(functions);
  });
  afterEach(() => project.remove());

  const get = async (name: string) => sendRequest(`${host.url}${name}`);
  const text = async (name: string) => (await get(name)).text;
  const start = async (watch = false) => {
    host = await project.start({
      watch,
      environmentDefaults: { MODE: 'default', SORT: 'default' },
      limits: { stallMs: 3_000, functionTimeoutMs: 3_000 },
    });
  };
  /** Repeats the request until the response is the expected one; jest's own time limit ends a wait in vain. */
  const until = async (name: string, expected: string) => {
    while ((await text(name)) !== expected) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('serves the current sources, and nothing without a source', async () => {
    await start();
    expect((await get('/stale')).status).toBe(404);
    expect(await text('/hello')).toBe('before');
    const build = await text('/build');
    expect(build).toMatch(/^[0-9a-f]{12}$/);
    project.write('functions/hello.ts', saying('after'));
    project.write('functions/added.ts', saying('added'));
    project.delete('functions/slow.ts');
    await host.reload();
    expect(await text('/hello')).toBe('after');
    expect(await text('/added')).toBe('added');
    expect((await get('/slow')).status).toBe(404);
    expect(await text('/build')).not.toBe(build);
  });

  it('notices changes of Functions, of shared code, and of a new .env', async () => {
    await start(true);
    project.write('functions/hello.ts', saying('after'));
    await until('/hello', 'after');
    project.write('src/steps/word.ts', `export const word = 'after';`);
    await until('/shared', 'after');
    // Anywhere in the project.
    project.write('lib/far.ts', `export const word = 'after';`);
    await until('/far', 'after');
    project.write('.env', 'MODE=written');
    while ((await get('/setting')).json.mode !== 'written')
      await new Promise((resolve) => setTimeout(resolve, 20));
    await project.untilLogged(/functions\/hello\.ts changed: reloading/);
  });

  it('lets .env override defaults, but not the values of this run', async () => {
    project.write('.env', 'MODE=written\nSORT=\nACCOUNT_SID=ACffffffffffffffffffffffffffffffff\n');
    await start();
    expect((await get('/setting')).json).toEqual({
      mode: 'written',
      sid: `AC${'0'.repeat(32)}`,
      sort: 'default',
    });
    await project.untilLogged(/ACCOUNT_SID in \.env is ignored/);
    expect(project.logged).not.toContain('ffff');
  });

  it('rejects no connection and loses no request while reloading', async () => {
    await start();
    let reloading = true;
    const statuses = new Set<number>();
    const sending = Array.from({ length: 2 }, async () => {
      while (reloading) statuses.add((await get('/hello')).status);
    });
    await host.reload();
    await host.reload();
    reloading = false;
    await Promise.all(sending);
    expect([...statuses]).toEqual([200]);
  });

  it('lets a request finish in the runtime it started in', async () => {
    await start();
    const slow = text('/slow');
    await project.untilLogged(/slow has started/);
    project.write('functions/slow.ts', saying('other'));
    await host.reload();
    expect(await text('/slow')).toBe('other');
    expect(await slow).toBe('slow and done');
  });

  it('keeps serving all others when one Function no longer compiles, and recovers', async () => {
    await start();
    project.write('functions/hello.ts', 'export const handler = ;');
    await host.reload();
    const response = await get('/hello');
    expect([response.status, response.json.code]).toEqual([500, 'function_not_built']);
    expect(response.json.message).toMatch(/^functions\/hello\.ts:1:24: /);
    expect((await project.untilLogged(/hello\.ts:1:24/)).file).toBe('functions/hello.ts');
    expect(existsSync(path.join(project.root, 'dist/functions/hello.js'))).toBe(false);
    expect(await text('/shared')).toBe('before');
    project.write('functions/hello.ts', saying('fixed'));
    await host.reload();
    expect(await text('/hello')).toBe('fixed');
  });

  it('keeps the running Functions when the change cannot be served at all', async () => {
    await start();
    project.write('functions/not+a+path.ts', saying('never'));
    await host.reload();
    await project.untilLogged(/not reloaded: Path cannot contain/);
    expect(await text('/hello')).toBe('before');
  });

  it('shares one run between reloads at the same time', async () => {
    await start();
    project.write('functions/hello.ts', saying('after'));
    await Promise.all([host.reload(), host.reload(), host.reload()]);
    expect(await text('/hello')).toBe('after');
  });
});
