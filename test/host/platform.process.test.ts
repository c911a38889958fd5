import { connect } from 'node:net';
import type { FunctionsHost } from '../../src/host/functions-host';
import { call } from './call';
import { Project } from './project';

const functions = {
  'package.json': '{"name":"platform","dependencies":{"twilio":"6.2.0"}}',
  'functions/echo.ts': `export const handler = (context, event, callback) => callback(null, event);`,
  'functions/context.ts': `export const handler = (context, event, callback) =>
    callback(null, { domain: context.DOMAIN_NAME, path: context.PATH, sid: context.ACCOUNT_SID, env: Object.keys(process.env) });`,
  'functions/answer.ts': `export const handler = (context, event, callback) => {
    const response = new Twilio.Response({ statusCode: 201, body: { made: true } });
    response.setHeaders({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'X-Own': 'kept' });
    response.setCookie('a', '1'); response.setCookie('b', '2');
    callback(null, response);
  };`,
  'functions/empty.ts': `export const handler = (context, event, callback) =>
    callback(null, new Twilio.Response({ statusCode: 204, headers: { 'Content-Type': 'application/json' } }));`,
  'functions/voice.ts': `import twilio from 'twilio';
  export const handler = (context, event, callback) => {
    const twiml = new twilio.twiml.VoiceResponse(); twiml.say('hello'); callback(null, twiml);
  };`,
  'functions/own-port.ts': `export const handler = (context, event, callback) => {
    const server = process._getActiveHandles().find((handle) => handle.constructor.name === 'Server');
    callback(null, server.address());
  };`,
  'functions/folder/inner.ts': `export const handler = (context, event, callback) => callback(null, 'inner');`,
  'functions/hidden.private.ts': `export const handler = (context, event, callback) => callback(null, 'hidden');
  export const shared = () => 'through Runtime';`,
  'functions/uses-hidden.ts': `export const handler = (context, event, callback) =>
    callback(null, require(Runtime.getFunctions().hidden.path).shared());`,
  'functions/same.ts': `export const handler = (context, event, callback) => callback(null, 'one');`,
  'functions/same.private.ts': `export const handler = (context, event, callback) => callback(null, 'other');`,
  'functions/not-a-url.test.ts': `export const handler = () => {};`,
  'dist/assets/assets/index.html': '<!doctype html><title>root</title>',
  'dist/assets/passing.txt': 'here today',
  'dist/assets/style.css': 'body { color: red }',
  'dist/assets/settings.private.json': '{"secret":true}',
};

describe('the Functions host', () => {
  let project: Project;
  let host: FunctionsHost;

  beforeAll(async () => {
    project = new Project(functions);
    host = await project.start();
  });
  afterAll(() => project.remove());

  const ask = (path: string, options?: Parameters<typeof call>[1]) => call(`${host.url}${path}`, options);
  const json = (body: string, headers = {}) => ({
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  });

  it('gives a Function query, form and JSON parameters, the body before the query', async () => {
    expect((await ask('/echo?a=1&b=2')).json).toMatchObject({ a: '1', b: '2' });
    const form = await ask('/echo?a=1&b=2', { method: 'POST', form: { b: 'ü&=', c: ['3', '4'] } });
    expect(form.json).toMatchObject({ a: '1', b: 'ü&=', c: ['3', '4'] });
    expect((await ask('/echo?a=1', json('{"a":{"deep":[1]}}'))).json).toMatchObject({ a: { deep: [1] } });
  });

  it('shows a Function the headers it would see on the platform, and none of ours', async () => {
    const { request } = (
      await ask('/echo', {
        method: 'POST',
        form: { a: '1' },
        headers: { 'X-Mine': 'yes', Referer: `${host.url}/`, 'X-Forwarded-For': '1.2.3.4', Cookie: 'c=1' },
      })
    ).json;
    // 'authorization' is the operator's: this request is one of their own machine.
    expect(Object.keys(request.headers).sort()).toEqual([
      'authorization',
      'content-length',
      'content-type',
      'cookie',
      'x-mine',
    ]);
    expect(request.headers['content-length']).toBe('3');
    expect(request.cookies).toEqual({ c: '1' });
  });

  it('gives a Function its context, and an empty process.env', async () => {
    expect((await ask('/context')).json).toEqual({
      domain: host.url.replace('http://', ''),
      path: '/context',
      sid: `AC${'0'.repeat(32)}`,
      env: [],
    });
  });

  it('passes status, headers and cookies of a Twilio.Response on and adds no X-Powered-By', async () => {
    const { status, headers, json: body } = await ask('/answer');
    expect([status, body]).toEqual([201, { made: true }]);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-own': 'kept',
      'set-cookie': ['a=1', 'b=2'],
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect((await ask('/empty')).status).toBe(204);
  });

  it('recognises TwiML of the project’s own twilio', async () => {
    const { headers, text } = await ask('/voice');
    expect(headers['content-type']).toMatch(/^text\/xml/);
    expect(text).toContain('<Say>hello</Say>');
  });

  it('serves Functions in folders, the root page and assets', async () => {
    expect((await ask('/folder/inner')).text).toBe('inner');
    expect((await ask('/')).text).toContain('<title>root</title>');
    expect((await ask('/assets/index.html')).status).toBe(200);
    const style = await ask('/style.css', { method: 'HEAD' });
    expect([style.status, style.headers['content-type'], style.text]).toEqual([
      200,
      'text/css; charset=UTF-8',
      '',
    ]);
  });

  it.each(['/nothing', '/hidden', '/settings.json', '/echo/', '/not-a-url.test', '/%E0%A4%A', '//echo'])(
    'answers 404 in JSON for %s',
    async (path) => {
      const reply = await ask(path);
      expect(reply.status).toBe(404);
      expect(reply.json.code).toBe('not_found');
      expect(reply.headers['cache-control']).toBe('no-store');
    },
  );

  it('answers 404 in JSON for an asset that was deleted meanwhile', async () => {
    expect((await ask('/passing.txt')).text).toBe('here today');
    project.delete('dist/assets/passing.txt');
    const reply = await ask('/passing.txt');
    expect([reply.status, reply.json.code]).toEqual([404, 'not_found']);
  });

  it('lets Functions use private ones through Runtime', async () => {
    expect((await ask('/uses-hidden')).text).toBe('through Runtime');
  });

  it('says which files want the same path, and serves neither', async () => {
    const reply = await ask('/same');
    expect([reply.status, reply.json.code]).toEqual([500, 'function_not_built']);
    expect(reply.json.message).toMatch(
      /^functions\/same\.\S+ and functions\/same\.\S+ have the same path \/same$/,
    );
    expect(project.logged).toMatch(
      /functions\/same\.(private\.)?ts and functions\/same\.(private\.)?ts have the same path/,
    );
  });

  it('takes GET and POST only, with HEAD for assets', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const reply = await ask('/echo', { method });
      expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
    }
    expect((await ask('/style.css', { method: 'PUT' })).headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('answers OPTIONS itself as the platform does', async () => {
    const reply = await ask('/echo', { method: 'OPTIONS', headers: { Origin: 'https://elsewhere.example' } });
    expect(reply.status).toBe(204);
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
    });
    expect((await ask('/nothing', { method: 'OPTIONS' })).status).toBe(404);
    expect((await ask('/echo')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['broken JSON', '{"a":', {}, 400, 'malformed_json'],
    ['JSON that is no object', '"text"', {}, 400, 'malformed_json'],
    [
      'another character set',
      '{}',
      { 'Content-Type': 'application/json; charset=utf-16' },
      415,
      'unsupported_body',
    ],
    ['a compressed body', '{}', { 'Content-Encoding': 'gzip' }, 415, 'unsupported_body'],
  ])('refuses %s without a page or a stack', async (_what, body, headers, status, code) => {
    const reply = await ask('/echo', json(body, headers));
    expect([reply.status, reply.json.code]).toEqual([status, code]);
    expect(reply.headers['content-type']).toMatch(/^application\/json/);
  });

  it('takes a body of 1 MB and refuses a larger one', async () => {
    const reply = await ask('/echo', { method: 'POST', form: { a: 'x'.repeat(1024 * 1024 - 2) } });
    expect(reply.status).toBe(200);
    const larger = await ask('/echo', { method: 'POST', form: { a: 'x'.repeat(1024 * 1024) } });
    expect([larger.status, larger.json.code]).toEqual([413, 'body_too_large']);
  });

  it('takes as many form parameters as fit, where the development server would stop at a thousand', async () => {
    const form = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`p${index}`, 'x']));
    expect((await ask('/echo', { method: 'POST', form })).json.p1499).toBe('x');
  });

  it('refuses GET with a body', async () => {
    const reply = await ask('/echo', { headers: { 'Content-Type': 'application/json' }, body: '{}' });
    expect([reply.status, reply.json.code]).toEqual([403, 'body_not_allowed']);
  });

  it('has an icon of its own and never sends a browser elsewhere', async () => {
    const reply = await ask('/favicon.ico');
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(reply.headers).not.toHaveProperty('location');
  });

  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '10.0.0.1', '127.evil.example'])(
    'refuses the Host %s, which a rebound name would send',
    async (name) => {
      const reply = await ask('/echo', { headers: { Host: name } });
      expect([reply.status, reply.json.code]).toEqual([421, 'host_refused']);
    },
  );

  it.each(['localhost', 'LOCALHOST:1234', '127.0.0.1', '127.8.9.1:80', '[::1]:3000', 'app.localhost'])(
    'answers to the loopback name %s',
    async (name) => {
      expect((await ask('/echo', { headers: { Host: name } })).status).toBe(200);
    },
  );

  it('outlives a client that goes away in the middle of its body', async () => {
    const { port } = host;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf', () => {
          socket.destroy();
          resolve();
        });
      });
    });
    expect((await ask('/echo')).status).toBe(200);
  });

  it('is the only one who can use the runtime’s own port', async () => {
    const { address, port } = (await ask('/own-port')).json;
    expect(address).toBe('127.0.0.1');
    for (const headers of [{}, { 'X-Functions-Host': 'guess 1 -' }]) {
      const reply = await call(`http://127.0.0.1:${port}/echo`, {
        headers: headers as Record<string, string>,
      });
      expect([reply.status, reply.text]).toEqual([403, '']);
    }
    const { request } = (await ask('/echo', { headers: { 'X-Functions-Host': 'mine' } })).json;
    expect(request.headers).not.toHaveProperty('x-functions-host');
  });

  it('answers to any address, but to no foreign name, when it listens on all of them', async () => {
    const open = await project.start({ host: '0.0.0.0' });
    const status = async (name: string) =>
      (await call(`http://127.0.0.1:${open.port}/folder/inner`, { headers: { Host: name } })).status;
    expect(await status('192.168.1.20:3000')).toBe(200);
    expect(await status('evil.example')).toBe(421);
  });
});
