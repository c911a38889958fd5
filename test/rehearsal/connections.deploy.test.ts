import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { type HandMadeService, handMadeService } from '../support/hand-made-service';
import { officialClient } from '../support/official-client';
import { endAll, startTestEmulator } from '../support/rehearsal';

/** A Function that responds with the value of an asynchronous expression, or with the error of its connection. */
const requesting = (expression: string) => `
exports.handler = async (context, event, callback) => {
  const authorization = 'Basic ' + Buffer.from(context.ACCOUNT_SID + ':' + context.AUTH_TOKEN).toString('base64');
  const headers = { authorization };
  try { callback(null, { found: await (${expression}) }); }
  catch (error) { callback(null, { error: String(error.cause?.message ?? error.message) }); }
};`;

const overHttps = `new Promise((resolve, reject) => require('node:https').get(event.url, { headers }, (response) => {
  let text = ''; response.on('data', (part) => { text += part; });
  response.on('end', () => resolve(JSON.parse(text).workspaces.length)); }).on('error', reject))`;

const functions = {
  'public /fetch': requesting(
    'fetch(event.url, { headers }).then((r) => r.json()).then((b) => b.workspaces.length)',
  ),
  'public /https': requesting(overHttps),
  'public /axios': requesting(
    "require('axios').get(event.url, { headers }).then((r) => r.data.workspaces.length)",
  ),
  'public /axios-without-proxy': requesting(
    "require('axios').get(event.url, { headers, proxy: false }).then((r) => r.data.workspaces.length)",
  ),
  'public /sdk': requesting(
    'context.getTwilioClient().taskrouter.v1.workspaces.list().then((l) => l.length)',
  ),
  'public /socket': requesting(
    "new Promise((resolve, reject) => require('node:net').connect(Number(event.port), event.host, resolve).on('error', reject))",
  ),
  'public /versions': `exports.handler = (context, event, callback) => callback(null, {
    twilio: require('twilio/package.json').version, handler: typeof require('@twilio/runtime-handler/dev').LocalDevelopmentServer });`,
};

const workspacesUrl = 'https://taskrouter.twilio.com/v1/Workspaces';
const outside = 'https://elsewhere.example/v1/Workspaces';

let emulator: TwilioEmulator;
let service: HandMadeService;
beforeAll(async () => {
  emulator = await startTestEmulator();
  await officialClient(emulator).taskrouter.v1.workspaces.create({ friendlyName: 'Care' });
  service = await handMadeService(emulator);
  await service.deploy({ functions, dependencies: [] });
});
afterAll(endAll);

async function call(path: string, parameters: Record<string, string> = {}) {
  const response = await emulator.fetch(`${service.origin}${path}?${new URLSearchParams(parameters)}`);
  return (await response.json()) as { found?: unknown; error?: string };
}

it('installs the SDK and the runtime handler for every build, also when neither is listed', async () => {
  // F19: https://www.twilio.com/docs/serverless/functions-assets/functions/dependencies
  expect(await call('/versions')).toEqual({ twilio: '6.2.0', handler: 'function' });
});

it.each(['/fetch', '/https', '/axios', '/axios-without-proxy', '/sdk'])(
  'lets %s in a deployed Function reach the emulator',
  async (path) => {
    expect(await call(path, { url: workspacesUrl })).toEqual({ found: 1 });
  },
);

it.each(['/fetch', '/https', '/axios', '/axios-without-proxy'])(
  'lets %s in a deployed Function reach nothing outside the emulator',
  async (path) => {
    const before = emulator.refused.length;
    const { found, error } = await call(path, { url: outside });
    expect([found, error]).toEqual([undefined, expect.any(String)]);
    expect(emulator.refused.slice(before)).toContain('elsewhere.example:443');
  },
);

it.each([
  ['elsewhere.example', '80'],
  ['192.0.2.1', '25'],
  ['2001:db8::1', '8443'],
])('refuses a connection of a deployed Function to %s, port %s', async (host, port) => {
  const before = emulator.refused.length;
  expect(await call('/socket', { host, port })).toEqual({
    error: expect.stringContaining(`ECONNREFUSED ${host}:${port}`),
  });
  expect(emulator.refused.slice(before)).toEqual([`${host}:${port}`]);
});

it('serves requests in absolute form, as axios sends them to a proxy', async () => {
  const { authToken, accountSid } = emulator.account;
  const auth = `${accountSid}:${authToken}`;
  const viaProxy = (path: string, headers = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(emulator.environment.HTTP_PROXY as string, {
        path,
        auth,
        headers,
        agent: false,
      });
      outgoing
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
  expect(await viaProxy(workspacesUrl, { host: 'taskrouter.twilio.com' })).toBe(200);
  expect(await viaProxy(workspacesUrl.replace('.com', '.com:443'), { host: 'elsewhere.example' })).toBe(200);
  expect(await viaProxy('https://serverless.twilio.com/v1/Services?PageSize=1')).toBe(200);
  expect(await viaProxy(`${service.origin}/versions`)).toBe(200);
  expect(await viaProxy(outside)).toBe(403);
  expect(await viaProxy('http://taskrouter.twilio.com/v1/Workspaces')).toBe(403);
});

it('delivers callbacks to loopback addresses', async () => {
  const received = new Promise<string | undefined>((resolve) => {
    const receiver = createServer((incoming, response) => {
      resolve(incoming.url);
      response.end(() => receiver.close());
    });
    receiver.listen(0, '127.0.0.1', async () => {
      const { port } = receiver.address() as AddressInfo;
      await officialClient(emulator).taskrouter.v1.workspaces.create({
        friendlyName: 'Told locally',
        eventCallbackUrl: `http://127.0.0.1:${port}/events`,
        template: 'FIFO',
      });
    });
  });
  expect(await received).toBe('/events');
});

it('has environment variables for OpenSSL, Python and curl, and the proxy also in lower case', () => {
  const { NODE_EXTRA_CA_CERTS: file, HTTP_PROXY: proxy } = emulator.environment;
  expect(emulator.environment).toMatchObject({
    SSL_CERT_FILE: file,
    REQUESTS_CA_BUNDLE: file,
    CURL_CA_BUNDLE: file,
    https_proxy: proxy,
    http_proxy: proxy,
  });
});
