import type { FunctionsHost } from '../../src/host/functions-host';
import { call } from './call';
import { Project } from './project';

const functions = {
  'functions/ok.ts': `export const handler = (context, event, callback) => callback(null, { pid: process.pid });`,
  'functions/slow.ts': `export const handler = (context, event, callback) => {
    console.log('slow has begun');
    setTimeout(() => callback(null, { pid: process.pid }), Number(event.ms));
  };`,
  'functions/throws.ts': `export const handler = () => { throw new Error('a secret reason'); };`,
  'functions/rejects.ts': `export const handler = async () => { await null; throw new Error('a secret reason'); };`,
  'functions/strays.ts': `export const handler = () => { Promise.reject(new Error('a stray rejection')); };`,
  'functions/bursts.ts': `export const handler = () => { setTimeout(() => { throw new Error('a late throw'); }, 5); };`,
  'functions/error.ts': `export const handler = (context, event, callback) => callback(new Error('a secret reason'));`,
  'functions/text-error.ts': `export const handler = (context, event, callback) => callback('plain words');`,
  'functions/twice.ts': `export const handler = (context, event, callback) => {
    callback(null, { answer: 'first' });
    callback(null, { answer: 'second' });
  };`,
  'functions/answers-then-throws.ts': `export const handler = (context, event, callback) => {
    callback(null, { answer: 'first' });
    throw new Error('after the answer');
  };`,
  'functions/circular.ts': `export const handler = (context, event, callback) => {
    const body = {}; body.self = body; callback(null, body);
  };`,
  'functions/bad-status.ts': `export const handler = (context, event, callback) => {
    const response = new Twilio.Response(); response.setStatusCode(99999); callback(null, response);
  };`,
  'functions/silent.ts': `export const handler = () => {};`,
  'functions/loop.ts': `export const handler = () => { for (;;); };`,
  'functions/says-so-and-loops.ts': `export const handler = () => { console.log('about to loop'); for (;;); };`,
  'functions/loop-later.ts': `export const handler = () => { setTimeout(() => { for (;;); }, 20); };`,
  'functions/loop-at-load.ts': `for (;;); export const handler = () => {};`,
  'functions/answers-then-loops.ts': `export const handler = (context, event, callback) => {
    callback(null, 'answered');
    setTimeout(() => { for (;;); }, 20);
  };`,
  'functions/exit.ts': `export const handler = () => process.exit(7);`,
  'functions/top-level-throw.ts': `throw new Error('while loading'); export const handler = () => {};`,
  'functions/no-handler.ts': `export const other = 1;`,
  'functions/syntax-error.ts': `export const handler = () => {\n  const = 1;\n};`,
};

describe('a Function that misbehaves', () => {
  let project: Project;
  let host: FunctionsHost;

  beforeAll(async () => {
    project = new Project(functions);
    host = await project.start({ limits: { functionTimeoutMs: 500 } });
  });
  afterAll(() => project.remove());
  beforeEach(() => {
    project.log.length = 0;
  });

  const get = (path: string) => call(`${host.url}${path}`);
  const pid = async () => (await get('/ok')).json.pid as number;

  it.each([
    ['throws', 'threw', 'a secret reason'],
    ['rejects', 'rejected', 'a secret reason'],
    ['strays', 'rejected', 'a stray rejection'],
    ['bursts', 'threw', 'a late throw'],
    ['error', 'called back with an error', 'a secret reason'],
    ['circular', 'gave an answer that cannot be sent', 'circular'],
    ['bad-status', 'gave an answer that cannot be sent', '99999'],
    ['top-level-throw', 'could not be loaded', 'while loading'],
    ['no-handler', 'could not be loaded', 'exports no function called "handler"'],
  ])('costs only its own request: %s', async (name, what, reason) => {
    const before = await pid();
    const reply = await get(`/${name}`);
    expect(reply.status).toBe(500);
    expect(reply.json).toEqual({
      code: 'function_failed',
      message: `functions/${name}.ts ${what}; see the log`,
    });
    expect(await pid()).toBe(before);
    const entry = await project.untilLogged(new RegExp(reason));
    expect(entry).toMatchObject({ level: 'error', file: `functions/${name}.ts` });
    expect(entry.message).toMatch(/\n\s+at /);
  });

  it('names the line of the source in the stack that goes to the log', async () => {
    await get('/throws');
    const { message } = await project.untilLogged(/a secret reason/);
    expect(message).toMatch(/functions\/throws\.ts:1:\d+/);
  });

  it('hides the stack from a browser too, which the development server would give a page', async () => {
    const reply = await call(`${host.url}/throws`, {
      headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36' },
    });
    expect(reply.headers['content-type']).toMatch(/^application\/json/);
    expect(reply.text).not.toMatch(/secret reason|at handler/);
  });

  it('passes an error that is only text on, as the platform does', async () => {
    const reply = await get('/text-error');
    expect([reply.status, reply.text]).toEqual([500, 'plain words']);
  });

  it('keeps the first of two answers, and the runtime', async () => {
    const before = await pid();
    expect((await get('/twice')).json).toEqual({ answer: 'first' });
    expect((await project.untilLogged(/only the first one counts/)).file).toBe('functions/twice.ts');
    expect((await get('/answers-then-throws')).json).toEqual({ answer: 'first' });
    expect(await pid()).toBe(before);
  });

  it('answers 504 for a Function that never answers, and keeps the runtime', async () => {
    const before = await pid();
    const reply = await get('/silent');
    expect(reply.status).toBe(504);
    expect(reply.json).toEqual({
      code: 'function_timeout',
      message: 'functions/silent.ts did not answer within 0.5 s',
    });
    expect(await pid()).toBe(before);
  });

  it('answers 500 with file and line for a Function that does not compile, while all others answer', async () => {
    const reply = await get('/syntax-error');
    expect(reply.status).toBe(500);
    expect(reply.json.code).toBe('function_not_built');
    expect(reply.json.message).toMatch(/^functions\/syntax-error\.ts:2:9: /);
    expect((await get('/ok')).status).toBe(200);
  });
});

describe('a Function that blocks or ends the runtime', () => {
  let project: Project;
  let host: FunctionsHost;

  beforeAll(async () => {
    project = new Project(functions);
    host = await project.start({ limits: { functionTimeoutMs: 20_000, stallMs: 600 } });
  });
  afterAll(() => project.remove());
  beforeEach(() => {
    project.log.length = 0;
  });

  const get = (path: string) => call(`${host.url}${path}`);
  const pid = async () => (await get('/ok')).json.pid as number;

  it.each(['loop', 'loop-later', 'loop-at-load'])(
    'replaces the runtime under a Function that loops for ever, and names it: %s',
    async (name) => {
      const before = await pid();
      const reply = await get(`/${name}`);
      expect(reply.status).toBe(504);
      expect(reply.json).toEqual({
        code: 'function_blocked',
        message: `functions/${name}.ts blocked the Functions runtime (no sign of life for 0.6 s)`,
      });
      expect(await pid()).not.toBe(before);
      await project.untilLogged(new RegExp(`functions/${name}.ts blocked`));
    },
  );

  it('gives requests that came while a Function looped to the next runtime', async () => {
    const looping = get('/says-so-and-loops');
    await project.untilLogged(/about to loop/);
    const replies = await Promise.all([
      get('/ok'),
      call(`${host.url}/ok`, { method: 'POST', form: {} }),
      looping,
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 504]);
  });

  it('says honestly that a running Function was interrupted by one that loops', async () => {
    const slow = get('/slow?ms=60000');
    await project.untilLogged(/slow has begun/);
    const [interrupted, looped] = await Promise.all([slow, get('/loop')]);
    expect(interrupted.status).toBe(503);
    expect(interrupted.json.code).toBe('function_interrupted');
    expect(interrupted.json.message).toMatch(
      /^functions\/slow\.ts was interrupted, .* functions\/loop\.ts blocked/,
    );
    expect(looped.status).toBe(504);
  });

  it('accuses nobody alone when it cannot know who blocked the runtime', async () => {
    const slow = get('/slow?ms=60000');
    await project.untilLogged(/slow has begun/);
    const [first, second] = await Promise.all([slow, get('/loop-later')]);
    expect([first.status, second.status]).toEqual([504, 504]);
    for (const { json } of [first, second]) {
      expect(json.message).toMatch(/^One of functions\/slow\.ts, functions\/loop-later\.ts blocked/);
    }
  });

  it('replaces a runtime that a Function ended', async () => {
    const before = await pid();
    const reply = await get('/exit');
    expect(reply.status).toBe(502);
    expect(reply.json).toEqual({
      code: 'function_crashed',
      message: 'functions/exit.ts ended the Functions runtime (exit code 7)',
    });
    expect(await pid()).not.toBe(before);
  });

  it('keeps the answer of a Function that loops afterwards, and names it as the last one', async () => {
    const before = await pid();
    expect((await get('/answers-then-loops')).text).toBe('answered');
    await project.untilLogged(/blocked .*functions\/answers-then-loops\.ts answered last/);
    expect(await pid()).not.toBe(before);
  });
});
