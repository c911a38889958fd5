import { createServer, type Server } from 'node:http';
import { basicAuthorization } from '../../src/common/http-basic';
import { finish } from '../../src/host/front/public-server';
import { RequestHandler } from '../../src/host/front/request-handler';
import type { ChildProcess } from '../../src/host/runtime/child-process';
import type { FunctionsHostOptions } from '../../src/host/shared/options';
import { Routes } from '../../src/host/shared/routes';
import { trackConnections } from '../../src/system/finish-requests';
import { listening } from '../support/listening';
import { operator, operatorAuthorization } from '../support/operator';
import { SseReader } from '../support/sse-reader';
import { startTestService, type TestService } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';
import { TwimlServer } from '../support/twiml-server';
import { sendRequest } from './send-request';

type Headers = Record<string, string>;
type Settings = Partial<Pick<FunctionsHostOptions, 'operator' | 'ownsConnection' | 'localTaskRouter'>>;

/** Shared by the tests that leave it running. */
let shared: TestService | undefined;
let running: TestService;
let host: Server;
let handler: RequestHandler;
let url: string;
const twiml = new TwimlServer(testAccount.authToken, () => '<Gather numDigits="1"/>');
const logged: string[] = [];

async function serve(settings: Settings = {}): Promise<void> {
  const runtime = { routes: new Routes([]), child: {} as ChildProcess };
  const { sid: accountSid, authToken } = testAccount;
  handler = new RequestHandler(
    {
      host: '127.0.0.1',
      authToken,
      operator,
      ownsConnection: async () => true,
      localTaskRouter: { url: running.service.url, accountSid, authToken, operator },
      ...settings,
    },
    { ready: async () => runtime },
    ({ message }) => logged.push(message),
  );
  host = createServer((request, response) => void handler.receive(request, response));
  trackConnections(host);
  url = `http://127.0.0.1:${await listening(host)}`;
}

async function stop(): Promise<void> {
  handler.close();
  await finish(host, 10_000);
}

beforeAll(() => twiml.listen());
afterAll(() => twiml.close());
beforeEach(async () => {
  logged.length = 0;
  shared ??= await startTestService({ voiceUrl: `${twiml.url}/incoming-call` });
  running = shared;
  await serve();
});
afterEach(async () => {
  await stop();
  await shared?.service.clear();
});
afterAll(() => shared?.service.close());

async function stopTaskRouter(): Promise<void> {
  shared = undefined;
  await running.service.close();
}

const calls = '/_taskrouter/calls';
const begin = (headers: Headers = {}, form: Record<string, string | string[]> = { from: '+15550111' }) =>
  sendRequest(`${url}${calls}`, { method: 'POST', form, headers });
const refusal = async (response: ReturnType<typeof sendRequest>) => {
  const { status, json } = await response;
  return [status, json.code];
};
const inProgress = () => running.service.phone.calls.list();

it('begins, shows, and continues a call, with nobody asked for a password', async () => {
  const begun = await begin({ 'Sec-Fetch-Site': 'same-origin', Origin: url });
  expect(begun.status).toBe(201);
  expect(begun.json).toMatchObject({ from: '+15550111', status: 'in-progress', task_sid: null });
  const at = `${url}${calls}/${begun.json.call_sid}`;
  const ended = await sendRequest(at, { method: 'POST', form: { action: 'hang_up' } });
  expect(ended.json).toMatchObject({ call_sid: begun.json.call_sid, status: 'completed' });
  expect((await sendRequest(at)).json).toEqual(ended.json);
  expect((await sendRequest(`${url}${calls}`)).json).toEqual({ calls: [ended.json] });
});

it('passes on the errors of TaskRouter, and none of its other headers', async () => {
  const unknown = await sendRequest(`${url}${calls}/CA${'0'.repeat(32)}`);
  expect([unknown.status, unknown.json.code]).toEqual([404, 20404]);
  expect(Object.keys(unknown.headers).sort()).toEqual(
    expect.not.arrayContaining(['www-authenticate', 'set-cookie', 'access-control-allow-origin']),
  );
  expect(await refusal(begin({}, { from: '' }))).toEqual([400, expect.any(Number)]);
});

describe('a request that another page caused', () => {
  it.each<[string, Headers]>([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this computer', { 'Sec-Fetch-Site': 'same-site' }],
    ['a link on another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }],
    ['a prefetch', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Purpose': 'prefetch;prerender' }],
    ['an old browser, by Origin', { Origin: 'http://evil.example' }],
    ['an old browser, with an opaque origin', { Origin: 'null' }],
    ['an old browser, by Referer', { Referer: 'http://127.0.0.1.evil.example/' }],
  ])('is refused if it comes from %s, with a remembered password, too', async (_what, headers) => {
    for (const remembered of [{}, { Authorization: operatorAuthorization }] as Headers[]) {
      const all = { ...headers, ...remembered };
      expect(await refusal(begin(all))).toEqual([403, 'cross_site_refused']);
      for (const path of [calls, '/_taskrouter/stream?types=call'])
        expect(await refusal(sendRequest(`${url}${path}`, { headers: all }))).toEqual([
          403,
          'cross_site_refused',
        ]);
    }
    expect(inProgress()).toEqual([]);
  });

  it('is refused under a name that is not ours', async () => {
    const response = sendRequest(`${url}${calls}`, { headers: { Host: 'rebound.example' } });
    expect(await refusal(response)).toEqual([421, 'host_refused']);
  });

  it('gets no permission from OPTIONS', async () => {
    const response = await sendRequest(`${url}${calls}`, { method: 'OPTIONS' });
    expect(response.status).toBe(405);
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the password', () => {
  const wrong = { Authorization: basicAuthorization('operator', 'guess') };
  const account = { Authorization: basicAuthorization(testAccount.sid, testAccount.authToken) };

  it.each<[string, Settings, Headers]>([
    ['from another user of this computer', { ownsConnection: async () => false }, {}],
    ['with --operator-auth', { operator: null }, {}],
    ['through a tunnel', {}, { 'X-Forwarded-For': '203.0.113.1' }],
    ['with an unknown value of Fetch Metadata', {}, { 'Sec-Fetch-Site': 'sideways' }],
    ['with a wrong password', {}, wrong],
    ["with the account's credentials, which are not the operator's", {}, account],
    ['with a malformed header', {}, { Authorization: 'Basic' }],
  ])('is needed %s', async (_what, settings, headers) => {
    await stop();
    await serve(settings);
    const response = await begin(headers);
    expect([response.status, response.json.code]).toEqual([401, 'sign_in_required']);
    expect(response.headers['www-authenticate']).toMatch(/^Basic realm=/);
    expect(inProgress()).toEqual([]);
    if (headers.Authorization) return;
    expect((await begin({ ...headers, Authorization: operatorAuthorization })).status).toBe(201);
  });
});

describe('what is forwarded', () => {
  it.each([
    '/_taskrouter/state',
    '/_taskrouter/reset',
    '/_taskrouter/clock',
    '/_taskrouter/callbacks',
    '/_taskrouter/alerts',
    '/_taskrouter/tokens',
    '/_taskrouter/snapshot',
    '/_taskrouter/',
    '/_taskrouter/calls/',
    '/_taskrouter/calls/../state',
    '/_taskrouter/calls/%2e%2e/state',
    '/_taskrouter/calls%2f..%2fstate',
    '/_taskrouter/calls;/../state',
    '/_TaskRouter/calls',
    '//_taskrouter/calls',
    `/_taskrouter/calls/CA${'0'.repeat(32)}/..`,
    `/_taskrouter/calls/CA${'0'.repeat(32)}/replay`,
    `/_taskrouter/calls/WT${'0'.repeat(32)}`,
    `/_taskrouter/calls/CA${'0'.repeat(32)}%0a`,
    '/_taskrouter/stream/',
    '/v1/Workspaces',
  ])('is not %s', async (path) => {
    for (const method of ['GET', 'POST'])
      expect(await refusal(sendRequest(url, { method, path }))).toEqual([404, 'not_found']);
  });

  it.each<[string, Record<string, string | string[]>, string]>([
    ['a URL that TaskRouter would send signed requests to', { url: 'http://127.0.0.1:1/' }, 'url'],
    ['a fallback URL', { fallback_url: 'http://127.0.0.1:1/' }, 'fallback_url'],
    ['an action', { action: 'hang_up' }, 'action'],
    ['a repeated parameter', { to: ['+15550100', '+15550199'] }, 'to'],
  ])('is not %s', async (_what, more, name) => {
    const response = await begin({}, { from: '+15550111', ...more });
    expect([response.status, response.json.code]).toEqual([400, 'invalid_parameters']);
    expect(response.json.message).toContain(`${name} `);
    expect(inProgress()).toEqual([]);
  });

  it.each(['?types=event', '?types=call,event', '?types=call&types=event', '', '?types=call&kind=read'])(
    'is not the stream with %j',
    async (query) => {
      const response = sendRequest(`${url}/_taskrouter/stream${query}`);
      expect(await refusal(response)).toEqual([400, 'invalid_parameters']);
    },
  );

  it('is nothing in the query of a form, and no other body', async () => {
    const query = sendRequest(`${url}${calls}?url=http://127.0.0.1:1/`, { method: 'POST' });
    expect(await refusal(query)).toEqual([400, 'invalid_parameters']);
    const headers = { 'Content-Type': 'application/json' };
    const json = sendRequest(`${url}${calls}`, { method: 'POST', headers, body: '{"from":"+15550111"}' });
    expect(await refusal(json)).toEqual([415, 'unsupported_body']);
    expect(await refusal(sendRequest(`${url}${calls}`, { body: 'from=1' }))).toEqual([
      403,
      'body_not_allowed',
    ]);
    const large = begin({}, { from: 'x'.repeat(1024 * 1024) });
    expect(await refusal(large)).toEqual([413, 'body_too_large']);
    expect(inProgress()).toEqual([]);
  });

  it.each(['PUT', 'DELETE', 'HEAD', 'PATCH'])('is no %s request', async (method) => {
    const response = await sendRequest(`${url}${calls}`, { method });
    expect([response.status, response.headers.allow]).toEqual([405, 'GET, POST']);
  });

  it('is nothing where no TaskRouter runs beside the host', async () => {
    await stop();
    await serve({ localTaskRouter: undefined });
    for (const path of [calls, '/_taskrouter/stream?types=call'])
      expect(await refusal(sendRequest(`${url}${path}`))).toEqual([404, 'not_found']);
  });
});

describe('the stream', () => {
  const open = () => SseReader.open(`${url}/_taskrouter/stream?types=call`, {});

  it('passes through, and shows nothing but calls', async () => {
    const reader = await open();
    expect(reader.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await running.client.taskrouter.v1.workspaces.create({ friendlyName: 'Not shown' });
    expect((await reader.next())?.event).toBe('begin');
    await stopTaskRouter();
    expect(await reader.next()).toBeUndefined();
  });

  it('ends when the host stops, which does not wait for its readers', async () => {
    const reader = await open();
    await reader.next();
    await stop();
    expect(await reader.next()).toBeUndefined();
  });

  it('closes the connection to TaskRouter when its reader goes away', async () => {
    const reader = await open();
    await reader.next();
    reader.close();
    await stopTaskRouter();
  });
});

it('says that TaskRouter does not respond', async () => {
  await stopTaskRouter();
  expect(await refusal(begin())).toEqual([503, 'taskrouter_unreachable']);
});
