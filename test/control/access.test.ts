import { Journal } from '../../src/taskrouter/inspector/journal';
import { ApiBench, goodCredentials } from '../support/api-bench';

const page = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>') }],
  ['/inspector.js', { type: 'text/javascript', body: Buffer.from('') }],
]);
const nobody = { authorization: '' };
const own = { ...nobody, 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4040' };

let bench: ApiBench;
let resets: number;
const start = (options: object = {}) =>
  ApiBench.start({
    journal: new Journal([]),
    page,
    localSignIn: async () => true,
    onReset: async () => {
      resets += 1;
    },
    ...options,
  });
beforeEach(async () => {
  resets = 0;
  bench = await start();
});
afterEach(() => bench.close());

it('allows our own page on this computer without credentials', async () => {
  expect((await bench.get('/', nobody)).status).toBe(200);
  expect((await bench.get('/inspector.js', own)).status).toBe(200);
  expect((await bench.get('/_taskrouter/state', own)).status).toBe(200);
  expect((await bench.post('/_taskrouter/clock', { action: 'next' }, own)).status).toBe(200);
  expect((await bench.post('/_taskrouter/reset', {}, own)).status).toBe(200);
  expect(resets).toBe(1);
});

it('refuses requests from pages of other origins that a browser without Fetch Metadata sends', async () => {
  for (const headers of [{ referer: 'http://evil.example/' }, { origin: 'http://evil.example' }])
    for (const authorization of ['', goodCredentials]) {
      expect((await bench.get('/_taskrouter/state', { ...headers, authorization })).status).toBe(403);
      expect((await bench.get('/v1/Workspaces', { ...headers, authorization })).status).toBe(403);
    }
  expect((await bench.get('/v1/Workspaces', { referer: 'http://127.0.0.1:4040/' })).status).toBe(200);
  expect((await bench.get('/', { ...nobody, referer: 'http://evil.example/' })).status).toBe(200);
});

it('shows the page to a browser that follows a link from anywhere', async () => {
  for (const site of ['none', 'same-site', 'cross-site'])
    expect((await bench.get('/', { ...nobody, 'sec-fetch-site': site })).status).toBe(200);
});

it('always requires credentials for the REST API', async () => {
  expect((await bench.get('/v1/Workspaces', own)).status).toBe(401);
  expect((await bench.post('/v1/Workspaces', { FriendlyName: 'Mine' }, own)).status).toBe(401);
});

it.each<[string, Record<string, string>]>([
  ['a command line', {}],
  ['a typed address', { 'sec-fetch-site': 'none' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of this computer', { 'sec-fetch-site': 'same-site' }],
  ['a value nobody knows', { 'sec-fetch-site': 'sideways' }],
  ['two values', { 'sec-fetch-site': 'same-origin, cross-site' }],
])('requires credentials from %s before it reveals anything', async (_who, headers) => {
  for (const path of ['state', 'requests', 'callbacks', 'alerts', 'stream', 'clock'])
    expect((await bench.get(`/_taskrouter/${path}`, { ...nobody, ...headers })).status).toBe(401);
});

it.each<[string, Record<string, string>, number]>([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }, 403],
  [
    'another site with remembered credentials',
    { 'sec-fetch-site': 'cross-site', authorization: goodCredentials },
    403,
  ],
  [
    'another port with remembered credentials',
    { 'sec-fetch-site': 'same-site', authorization: goodCredentials },
    403,
  ],
  ['a page without an origin', { origin: 'null', authorization: goodCredentials }, 403],
  ['nobody', {}, 401],
])('does not let %s reset anything', async (_who, headers, status) => {
  for (const path of ['reset', 'clock', 'callbacks/1/replay'])
    expect((await bench.post(`/_taskrouter/${path}`, {}, { ...nobody, ...headers })).status).toBe(status);
  expect(resets).toBe(0);
});

it('does not accept a link as a command', async () => {
  expect((await bench.get('/_taskrouter/reset', own)).status).toBe(401);
  expect((await bench.get('/_taskrouter/reset')).status).toBe(404);
  expect((await bench.get('/_taskrouter/callbacks/1/replay')).status).toBe(404);
  expect(resets).toBe(0);
});

it.each(['evil.example', '127.0.0.1.nip.io', 'localhost.evil.example:4040', 'rebound.example:4040'])(
  'allows no one under the name %s, which others can point here',
  async (host) => {
    expect((await bench.get('/_taskrouter/state', { ...own, origin: `http://${host}`, host })).status).toBe(
      403,
    );
    expect((await bench.get('/', { ...nobody, host })).status).toBe(403);
  },
);

it('signs no one in under names that are not loopback, though it accepts them', async () => {
  const host = 'taskrouter.twilio.com';
  const headers = { ...nobody, 'sec-fetch-site': 'same-origin', host };
  expect((await bench.get('/_taskrouter/state', headers)).status).toBe(401);
  expect((await bench.get('/', headers)).status).toBe(401);
});

it('signs no one in from another computer', async () => {
  const requested = (url: string) =>
    bench.api.inject({
      url,
      remoteAddress: '10.0.0.7',
      headers: { host: '127.0.0.1:4040', 'sec-fetch-site': 'same-origin' },
    });
  expect((await requested('/_taskrouter/state')).statusCode).toBe(401);
  expect((await requested('/')).statusCode).toBe(401);
});

it('signs no one in whose connection belongs to another user', async () => {
  const shared = await start({ localSignIn: async () => false });
  for (const path of ['/', '/inspector.js', '/_taskrouter/state', '/_taskrouter/callbacks']) {
    const { status, body } = await shared.get(path, own);
    expect([status, body.message]).toEqual([
      401,
      expect.stringContaining('"npx taskrouter env" prints both'),
    ]);
    expect((await shared.get(path)).status).toBe(200);
  }
  expect((await shared.post('/_taskrouter/reset', {}, own)).status).toBe(401);
  expect(resets).toBe(0);
  await shared.close();
});

it('looks up the owner of a connection only for requests without valid credentials', async () => {
  let lookups = 0;
  const localSignIn = async () => {
    lookups += 1;
    return true;
  };
  const shared = await start({ localSignIn });
  await shared.get('/_taskrouter/state');
  await shared.get('/_taskrouter/state', nobody);
  await shared.get('/v1/Workspaces', own);
  expect(lookups).toBe(0);
  await shared.get('/_taskrouter/state', own);
  expect(lookups).toBe(1);
  await shared.close();
});

it("asks for credentials with the browser's dialog when signing in is off", async () => {
  const strict = await start({ localSignIn: undefined });
  for (const path of ['/', '/inspector.js', '/_taskrouter/state']) {
    const { status, headers } = await strict.get(path, own);
    expect([status, headers['www-authenticate']]).toEqual([401, 'Basic realm="Twilio API"']);
    expect((await strict.get(path)).status).toBe(200);
  }
  await strict.close();
});

it('sends the page with a strict policy, and no other page can frame it', async () => {
  const { headers } = await bench.get('/', nobody);
  const policy = String(headers['content-security-policy']).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "trusted-types 'none'",
    ]),
  );
  expect(policy.join()).not.toMatch(/unsafe|\*|https?:|data:/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});
