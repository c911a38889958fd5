import { serveProject } from './project';
import { sendRequest } from './send-request';

const functions = {
  'functions/ok.ts': `export const handler = (context, event, callback) => callback(null, { pid: process.pid });`,
  'functions/slow.ts': `export const handler = (context, event, callback) => {
    console.log('slow has started');
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
  'functions/responds-then-throws.ts': `export const handler = (context, event, callback) => {
    callback(null, { answer: 'first' });
    throw new Error('after the response');
  };`,
  'functions/circular.ts': `export const handler = (context, event, callback) => {
    const body = {}; body.self = body; callback(null, body);
  };`,
  'functions/bad-status.ts': `export const handler = (context, event, callback) => {
    const response = new Twilio.Response(); response.setStatusCode(99999); callback(null, response);
  };`,
  'functions/floods.ts': `export const handler = async (context, event, callback) => {
    for (let line = 0; line < 20_000; line++) {
      console.log('flood ' + line + 'x'.repeat(200));
      if (line % 100 === 0) await new Promise(setImmediate);
    }
    console.log('y'.repeat(1_000_000));
    callback(null, { pid: process.pid });
  };`,
  'functions/silent.ts': `export const handler = () => {};`,
  'functions/loop.ts': `export const handler = () => { for (;;); };`,
  'functions/logs-and-loops.ts': `export const handler = () => { console.log('about to loop'); for (;;); };`,
  'functions/loop-later.ts': `export const handler = () => { setTimeout(() => { for (;;); }, 20); };`,
  'functions/loop-at-load.ts': `for (;;); export const handler = () => {};`,
  'functions/responds-then-loops.ts': `export const handler = (context, event, callback) => {
    callback(null, 'answered');
    setTimeout(() => { for (;;); }, 20);
  };`,
  'functions/exit.ts': `export const handler = () => process.exit(7);`,
  'functions/top-level-throw.ts': `throw new Error('while loading'); export const handler = () => {};`,
  'functions/no-handler.ts': `export const other = 1;`,
  'functions/syntax-error.ts': `export const handler = () => {\n  const = 1;\n};`,
};

describe('a Function that misbehaves', () => {
  const served = serveProject(functions, { limits: { functionTimeoutMs: 500 } });
  beforeEach(() => {
    served.project.log.length = 0;
  });

  const get = (path: string) => sendRequest(`${served.host.url}${path}`);
  const pid = async () => (await get('/ok')).json.pid as number;

  it.each([
    ['throws', 'threw', 'a secret reason'],
    ['rejects', 'rejected', 'a secret reason'],
    ['strays', 'rejected', 'a stray rejection'],
    ['bursts', 'threw', 'a late throw'],
    ['error', 'called back with an error', 'a secret reason'],
    ['circular', 'returned a response that cannot be sent', 'circular'],
    ['bad-status', 'returned a response that cannot be sent', '99999'],
    ['top-level-throw', 'could not be loaded', 'while loading'],
    ['no-handler', 'could not be loaded', 'exports no function called "handler"'],
  ])('fails only its own request: %s', async (name, what, reason) => {
    const before = await pid();
    const response = await get(`/${name}`);
    expect(response.status).toBe(500);
    expect(response.json).toEqual({
      code: 'function_failed',
      message: `functions/${name}.ts ${what}; see the log`,
    });
    expect(await pid()).toBe(before);
    const entry = await served.project.untilLogged(new RegExp(reason));
    expect(entry).toMatchObject({ level: 'error', file: `functions/${name}.ts` });
    expect(entry.message).toMatch(/\n\s+at /);
  });

  it('names the line of the source in the stack that goes to the log', async () => {
    await get('/throws');
    const { message } = await served.project.untilLogged(/a secret reason/);
    expect(message).toMatch(/functions\/throws\.ts:1:\d+/);
  });

  it('hides the stack from a browser, too, where the development server would send a page', async () => {
    const response = await sendRequest(`${served.host.url}/throws`, {
      headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36' },
    });
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.text).not.toMatch(/secret reason|at handler/);
  });

  it('sends an error that is only text, as the platform does', async () => {
    const response = await get('/text-error');
    expect([response.status, response.text]).toEqual([500, 'plain words']);
  });

  it('sends the first of two responses, and keeps the runtime', async () => {
    const before = await pid();
    expect((await get('/twice')).json).toEqual({ answer: 'first' });
    expect((await served.project.untilLogged(/only the first response counts/)).file).toBe(
      'functions/twice.ts',
    );
    expect((await get('/responds-then-throws')).json).toEqual({ answer: 'first' });
    expect(await pid()).toBe(before);
  });

  it('responds with 504 for a Function that never responds, and keeps the runtime', async () => {
    const before = await pid();
    const response = await get('/silent');
    expect(response.status).toBe(504);
    expect(response.json).toEqual({
      code: 'function_timeout',
      message: 'functions/silent.ts did not respond within 0.5 s',
    });
    expect(await pid()).toBe(before);
  });

  it('responds with 500, file and line for a Function that does not compile, while all others work', async () => {
    const response = await get('/syntax-error');
    expect(response.status).toBe(500);
    expect(response.json.code).toBe('function_not_built');
    expect(response.json.message).toMatch(/^functions\/syntax-error\.ts:2:9: /);
    expect((await get('/ok')).status).toBe(200);
  });
});

describe('a Function that blocks or ends the runtime', () => {
  const served = serveProject(functions, { limits: { functionTimeoutMs: 20_000, stallMs: 600 } });
  beforeEach(() => {
    served.project.log.length = 0;
  });

  const get = (path: string) => sendRequest(`${served.host.url}${path}`);
  const pid = async () => (await get('/ok')).json.pid as number;

  it('logs the beginning of what a Function writes without end, says how much it dropped, and goes on', async () => {
    const before = await pid();
    expect((await get('/floods')).json).toEqual({ pid: before });
    await served.project.untilLogged(
      /^\d+ lines dropped, because Functions logged more than 1000 lines in a second$/,
    );
    expect(served.host.droppedLines).toBeGreaterThan(0);
    const flood = served.project.log.filter(({ message }) => message.startsWith('flood '));
    expect(flood[0]).toMatchObject({ level: 'info', file: 'functions/floods.ts' });
    expect(flood.length).toBeLessThan(10_000);
    expect(Math.max(...served.project.log.map(({ message }) => message.length))).toBeLessThanOrEqual(16_384);
  });

  it.each(['loop', 'loop-later', 'loop-at-load'])(
    'replaces the runtime of a Function that loops forever, and names it: %s',
    async (name) => {
      const before = await pid();
      const response = await get(`/${name}`);
      expect(response.status).toBe(504);
      expect(response.json).toEqual({
        code: 'function_blocked',
        message: `functions/${name}.ts blocked the Functions runtime (no heartbeat for 0.6 s)`,
      });
      expect(await pid()).not.toBe(before);
      await served.project.untilLogged(new RegExp(`functions/${name}.ts blocked`));
    },
  );

  it('sends requests that arrive while a Function loops to the next runtime', async () => {
    const looping = get('/logs-and-loops');
    await served.project.untilLogged(/about to loop/);
    const responses = await Promise.all([
      get('/ok'),
      sendRequest(`${served.host.url}/ok`, { method: 'POST', form: {} }),
      looping,
    ]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 504]);
  });

  it('reports that a running Function was interrupted by one that loops', async () => {
    const slow = get('/slow?ms=60000');
    await served.project.untilLogged(/slow has started/);
    const [interrupted, looped] = await Promise.all([slow, get('/loop')]);
    expect(interrupted.status).toBe(503);
    expect(interrupted.json.code).toBe('function_interrupted');
    expect(interrupted.json.message).toMatch(
      /^functions\/slow\.ts was interrupted .*: functions\/loop\.ts blocked/,
    );
    expect(looped.status).toBe(504);
  });

  it('names every suspect when it cannot know which Function blocked the runtime', async () => {
    const slow = get('/slow?ms=60000');
    await served.project.untilLogged(/slow has started/);
    const [first, second] = await Promise.all([slow, get('/loop-later')]);
    expect([first.status, second.status]).toEqual([504, 504]);
    for (const { json } of [first, second]) {
      expect(json.message).toMatch(/^One of functions\/slow\.ts, functions\/loop-later\.ts blocked/);
    }
  });

  it('replaces a runtime that a Function ended', async () => {
    const before = await pid();
    const response = await get('/exit');
    expect(response.status).toBe(502);
    expect(response.json).toEqual({
      code: 'function_crashed',
      message: 'functions/exit.ts ended the Functions runtime (exit code 7)',
    });
    expect(await pid()).not.toBe(before);
  });

  it('keeps the response of a Function that loops afterwards, and names that Function in the log', async () => {
    const before = await pid();
    expect((await get('/responds-then-loops')).text).toBe('answered');
    await served.project.untilLogged(/blocked .*functions\/responds-then-loops\.ts responded last/);
    expect(await pid()).not.toBe(before);
  });
});
