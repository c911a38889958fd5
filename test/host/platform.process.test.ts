import { connect } from 'node:net';
import { serveProject } from './project';
import { sendRequest } from './send-request';

const functions = {
  'package.json': '{"name":"platform","dependencies":{"twilio":"6.2.0"}}',
  'functions/echo.ts': `export const handler = (context, event, callback) => callback(null, event);`,
  'functions/context.ts': `export const handler = (context, event, callback) =>
    callback(null, { domain: context.DOMAIN_NAME, path: context.PATH, sid: context.ACCOUNT_SID, env: Object.keys(process.env) });`,
  'functions/respond.ts': `export const handler = (context, event, callback) => {
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
  'dist/assets/assets/index.html': `<!doctype html><title>root</title>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'" />`,
  'dist/assets/passing.txt': 'here today',
  'dist/assets/style.css': 'body { color: red }',
  'dist/assets/settings.private.json': '{"secret":true}',
};

describe('the Functions host', () => {
  const served = serveProject(functions);

  const send = (path: string, options?: Parameters<typeof sendRequest>[1]) =>
    sendRequest(`${served.host.url}${path}`, options);
  const json = (body: string, headers = {}) => ({
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  });

  it('gives a Function query, form and JSON parameters, the body before the query', async () => {
    expect((await send('/echo?a=1&b=2')).json).toMatchObject({ a: '1', b: '2' });
    const form = await send('/echo?a=1&b=2', { method: 'POST', form: { b: 'ü&=', c: ['3', '4'] } });
    expect(form.json).toMatchObject({ a: '1', b: 'ü&=', c: ['3', '4'] });
    expect((await send('/echo?a=1', json('{"a":{"deep":[1]}}'))).json).toMatchObject({ a: { deep: [1] } });
  });

  it('passes a Function the headers it would see on the platform, and none of the host’s', async () => {
    const { request } = (
      await send('/echo', {
        method: 'POST',
        form: { a: '1' },
        headers: {
          'X-Mine': 'yes',
          Referer: `${served.host.url}/`,
          'X-Forwarded-For': '1.2.3.4',
          Cookie: 'c=1',
        },
      })
    ).json;
    expect(Object.keys(request.headers).sort()).toEqual([
      'content-length',
      'content-type',
      'cookie',
      'x-mine',
    ]);
    expect(request.headers['content-length']).toBe('3');
    expect(request.cookies).toEqual({ c: '1' });
  });

  it('passes no header on whose name every object has, at which the development server fails', async () => {
    for (const name of ['__proto__', 'Constructor']) {
      const { status, json: event } = await send('/echo', { headers: { [name]: 'x' } });
      expect([status, Object.keys(event.request.headers)]).toEqual([200, ['authorization']]);
    }
  });

  it('gives a Function its context, and an empty process.env', async () => {
    expect((await send('/context')).json).toEqual({
      domain: served.host.url.replace('http://', ''),
      path: '/context',
      sid: `AC${'0'.repeat(32)}`,
      env: [],
    });
  });

  it('sends status, headers and cookies of a Twilio.Response, and adds no X-Powered-By', async () => {
    const { status, headers, json: body } = await send('/respond');
    expect([status, body]).toEqual([201, { made: true }]);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-own': 'kept',
      'set-cookie': ['a=1', 'b=2'],
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect((await send('/empty')).status).toBe(204);
  });

  it('recognizes TwiML of the project’s own twilio', async () => {
    const { headers, text } = await send('/voice');
    expect(headers['content-type']).toMatch(/^text\/xml/);
    expect(text).toContain('<Say>hello</Say>');
  });

  it('serves Functions in folders, the root page and assets', async () => {
    expect((await send('/folder/inner')).text).toBe('inner');
    expect((await send('/')).text).toContain('<title>root</title>');
    expect((await send('/assets/index.html')).status).toBe(200);
    const style = await send('/style.css', { method: 'HEAD' });
    expect([style.status, style.headers['content-type'], style.text]).toEqual([
      200,
      'text/css; charset=UTF-8',
      '',
    ]);
  });

  it.each(['/nothing', '/hidden', '/settings.json', '/echo/', '/not-a-url.test', '/%E0%A4%A', '//echo'])(
    'responds with 404 in JSON for %s',
    async (path) => {
      const response = await send(path);
      expect(response.status).toBe(404);
      expect(response.json.code).toBe('not_found');
      expect(response.headers['cache-control']).toBe('no-store');
    },
  );

  it('responds with 404 in JSON for an asset deleted since', async () => {
    expect((await send('/passing.txt')).text).toBe('here today');
    served.project.delete('dist/assets/passing.txt');
    const response = await send('/passing.txt');
    expect([response.status, response.json.code]).toEqual([404, 'not_found']);
  });

  it('lets Functions use private ones through Runtime', async () => {
    expect((await send('/uses-hidden')).text).toBe('through Runtime');
  });

  it('reports which files have the same path, and serves neither', async () => {
    const response = await send('/same');
    expect([response.status, response.json.code]).toEqual([500, 'function_not_built']);
    expect(response.json.message).toMatch(
      /^functions\/same\.\S+ and functions\/same\.\S+ have the same path \/same$/,
    );
    expect(served.project.logged).toMatch(
      /functions\/same\.(private\.)?ts and functions\/same\.(private\.)?ts have the same path/,
    );
  });

  it('accepts only GET and POST, and HEAD for assets', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const response = await send('/echo', { method });
      expect([response.status, response.headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
    }
    expect((await send('/style.css', { method: 'PUT' })).headers.allow).toBe('GET, HEAD, POST, OPTIONS');
  });

  it('responds to OPTIONS itself, as the platform does', async () => {
    const response = await send('/echo', {
      method: 'OPTIONS',
      headers: { Origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
    });
    expect((await send('/nothing', { method: 'OPTIONS' })).status).toBe(404);
    expect((await send('/echo')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['broken JSON', '{"a":', {}, 400, 'malformed_json'],
    ['JSON that is not an object', '"text"', {}, 400, 'malformed_json'],
    [
      'another character set',
      '{}',
      { 'Content-Type': 'application/json; charset=utf-16' },
      415,
      'unsupported_body',
    ],
    ['a compressed body', '{}', { 'Content-Encoding': 'gzip' }, 415, 'unsupported_body'],
  ])('rejects %s without a page or a stack', async (_what, body, headers, status, code) => {
    const response = await send('/echo', json(body, headers));
    expect([response.status, response.json.code]).toEqual([status, code]);
    expect(response.headers['content-type']).toMatch(/^application\/json/);
  });

  it('accepts a body of 1 MB and rejects a larger one', async () => {
    const response = await send('/echo', { method: 'POST', form: { a: 'x'.repeat(1024 * 1024 - 2) } });
    expect(response.status).toBe(200);
    const larger = await send('/echo', { method: 'POST', form: { a: 'x'.repeat(1024 * 1024) } });
    expect([larger.status, larger.json.code]).toEqual([413, 'body_too_large']);
  });

  it('accepts as many form parameters as fit, where the development server would stop at a thousand', async () => {
    const form = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`p${index}`, 'x']));
    expect((await send('/echo', { method: 'POST', form })).json.p1499).toBe('x');
  });

  it('rejects GET with a body', async () => {
    const response = await send('/echo', { headers: { 'Content-Type': 'application/json' }, body: '{}' });
    expect([response.status, response.json.code]).toEqual([403, 'body_not_allowed']);
  });

  it('serves its own icon and never redirects a browser', async () => {
    const response = await send('/favicon.ico');
    expect([response.status, response.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(response.headers).not.toHaveProperty('location');
  });

  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '10.0.0.1', '127.evil.example'])(
    'rejects the Host %s, which a rebound name would send',
    async (name) => {
      const response = await send('/echo', { headers: { Host: name } });
      expect([response.status, response.json.code]).toEqual([421, 'host_refused']);
    },
  );

  it.each(['localhost', 'LOCALHOST:1234', '127.0.0.1', '127.8.9.1:80', '[::1]:3000', 'app.localhost'])(
    'accepts the loopback name %s',
    async (name) => {
      expect((await send('/echo', { headers: { Host: name } })).status).toBe(200);
    },
  );

  it.each<[string, Record<string, string>, number, string]>([
    ['an ETag that does not match', { 'If-Match': '"other"' }, 412, 'precondition_failed'],
    [
      'an earlier date',
      { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      412,
      'precondition_failed',
    ],
    ['a range beyond its end', { Range: 'bytes=1000000-' }, 416, 'range_not_satisfiable'],
  ])('refuses to send the page for %s', async (_what, headers, status, code) => {
    const response = await send('/', { headers });
    expect([response.status, response.json.code]).toEqual([status, code]);
    if (status === 416) expect(response.headers['content-range']).toMatch(/^bytes \*\/\d+$/);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it('refuses JSON that is nested too deeply to be passed on', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const response = await send('/echo', json(`${open.repeat(20_000)}1${close.repeat(20_000)}`));
      expect([response.status, response.json.code]).toEqual([400, 'malformed_json']);
      expect(response.json.message).toContain('1,000 levels');
    }
    const deep = `{"a":${'['.repeat(990)}${']'.repeat(990)}}`;
    expect((await send('/echo', json(deep))).status).toBe(200);
  });

  it('sends a page with its own policy as a header, and no other page can frame it', async () => {
    const { headers } = await send('/');
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
    const styles = (await send('/style.css')).headers;
    expect(styles['x-content-type-options']).toBe('nosniff');
    expect(styles).not.toHaveProperty('content-security-policy');
    expect((await send('/echo')).headers).not.toHaveProperty('content-security-policy');
  });

  it('survives a client that disconnects in the middle of its body', async () => {
    const { port } = served.host;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf', () => {
          socket.destroy();
          resolve();
        });
      });
    });
    expect((await send('/echo')).status).toBe(200);
  });

  it('alone can use the runtime’s own port', async () => {
    const { address, port } = (await send('/own-port')).json;
    expect(address).toBe('127.0.0.1');
    for (const headers of [{}, { 'X-Functions-Host': 'guess 1 -' }]) {
      const response = await sendRequest(`http://127.0.0.1:${port}/echo`, {
        headers: headers as Record<string, string>,
      });
      expect([response.status, response.text]).toEqual([403, '']);
    }
    const { request } = (await send('/echo', { headers: { 'X-Functions-Host': 'mine' } })).json;
    expect(request.headers).not.toHaveProperty('x-functions-host');
  });

  it('accepts any address, but no foreign name, when it listens on all addresses', async () => {
    const open = await served.project.start({ host: '0.0.0.0' });
    const status = async (name: string) =>
      (await sendRequest(`http://127.0.0.1:${open.port}/folder/inner`, { headers: { Host: name } })).status;
    expect(await status('192.168.1.20:3000')).toBe(200);
    expect(await status('evil.example')).toBe(421);
  });
});
