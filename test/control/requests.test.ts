import { basicAuthorization } from '../../src/common/http-basic';
import { Journal } from '../../src/taskrouter/inspector/journal';
import { RequestLog } from '../../src/taskrouter/inspector/request-log';
import { ApiBench, goodCredentials } from '../support/api-bench';
import { newRequest } from '../support/new-request';
import { simpleWorkspace } from '../support/simple-workspace';
import { startTestService } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';

let bench: ApiBench;
beforeEach(async () => {
  bench = await ApiBench.start({ journal: new Journal([testAccount.authToken]) });
});
afterEach(() => bench.close());

async function logged(query = '') {
  const { body } = await bench.get(`/_taskrouter/requests${query}`);
  return body.requests;
}

it('shows a request with its operation, parameters, response, and entities', async () => {
  const { path, workflowSid, workspaceSid } = await simpleWorkspace(bench);
  const taskSid = await bench.create(`${path}/Tasks`, { Attributes: '{"a":1}', WorkflowSid: workflowSid });
  const [newest] = await logged();
  expect(newest).toMatchObject({
    method: 'POST',
    operation: 'CreateTask',
    path: `${path}/Tasks`,
    parameters: [
      ['Attributes', '{"a":1}'],
      ['WorkflowSid', workflowSid],
    ],
    status: 201,
    error_code: null,
    response: { sid: taskSid, assignment_status: 'pending' },
    workspace_sid: workspaceSid,
    task_sid: taskSid,
    worker_sid: null,
    alert_id: null,
    at: '2026-01-31T12:00:00.000Z',
    duration_ms: expect.any(Number),
  });
});

it('shows refusals with their code, also those without valid credentials', async () => {
  await bench.post('/v1/Workspaces', {});
  await bench.get('/v1/Workspaces', { authorization: '' });
  await bench.get('/nowhere');
  const shown = (await logged()).map((one: Record<string, unknown>) => [
    one.status,
    one.error_code,
    one.operation,
  ]);
  expect(shown).toEqual([
    [404, 20404, null],
    [401, 20003, 'ListWorkspace'],
    [400, 20001, 'CreateWorkspace'],
  ]);
});

it('omits control requests, the page, and the health checks', async () => {
  await bench.get('/_taskrouter/state');
  await bench.get('/_taskrouter/nothing');
  await bench.get('/healthz');
  await bench.get('/');
  expect(await logged()).toEqual([]);
});

it('omits the requests that create the workspace', async () => {
  let isReady = false;
  const starting = await ApiBench.start({ journal: new Journal([]), ready: () => isReady });
  await starting.get('/v1/Workspaces');
  isReady = true;
  await starting.get('/v1/Workspaces/WSnone');
  const { body } = await starting.get('/_taskrouter/requests');
  await starting.close();
  expect(body.requests.map(({ status }: { status: number }) => status)).toEqual([404]);
});

it('is filtered by task, worker, kind, and outcome', async () => {
  const { path } = await simpleWorkspace(bench);
  const task = await bench.create(`${path}/Tasks`, {});
  const worker = await bench.create(`${path}/Workers`, { FriendlyName: 'Alice' });
  await bench.get(`${path}/Workers/${worker}`);
  await bench.post(`${path}/Workers/${worker}`, { Attributes: 'none' });
  const operations = async (query: string) =>
    (await logged(query)).map(({ operation }: { operation: string }) => operation);
  expect(await operations(`?task_sid=${task}`)).toEqual(['CreateTask']);
  expect(await operations(`?worker_sid=${worker}`)).toEqual(['UpdateWorker', 'FetchWorker', 'CreateWorker']);
  expect(await operations(`?worker_sid=${worker}&kind=read`)).toEqual(['FetchWorker']);
  expect(await operations('?outcome=error&limit=5')).toEqual(['UpdateWorker']);
  expect((await bench.get('/_taskrouter/requests?kind=x')).status).toBe(400);
});

it('contains no secrets: neither credentials nor those in URLs and passwords', async () => {
  const secret = 'operator-password-0815';
  await bench.post('/v1/Workspaces', {
    FriendlyName: `Not ${testAccount.authToken}`,
    EventCallbackUrl: `http://user:${secret}@host.test/e?token=${secret}`,
    SipAuthPassword: secret,
    Twiml: `<Response><Dial><Sip username="a" password="${secret}">sip:a@b.test</Sip></Dial></Response>`,
  });
  const { text, body } = await bench.get('/_taskrouter/requests');
  expect(body.requests[0]).toMatchObject({
    headers: { authorization: '***' },
    response: { event_callback_url: 'http://***@host.test/e?token=***' },
  });
  for (const one of [testAccount.authToken, goodCredentials, goodCredentials.slice(6), secret])
    expect(text).not.toContain(one);
});

it('hides credentials in a header whose name is misspelled', async () => {
  const { service } = await startTestService();
  const get = (path: string, headers = {}) =>
    fetch(service.url + path, { headers: { authorization: goodCredentials, ...headers } });
  const { sid, secret } = testAccount.apiKey;
  const ofKey = basicAuthorization(sid, secret);
  await get('/v1/Workspaces', { authorisation: goodCredentials, 'x-key': ofKey });
  const text = await (await get('/_taskrouter/requests')).text();
  await service.close();
  expect(text).toContain('"authorisation":"Basic ***"');
  for (const credentials of [goodCredentials, ofKey]) expect(text).not.toContain(credentials.slice(6));
});

it('stores the number of entries of a list', async () => {
  await simpleWorkspace(bench);
  await bench.get('/v1/Workspaces');
  expect((await logged())[0].response).toEqual({ rows: 'workspaces', count: 1 });
});

it('names the alert that a refusal created', async () => {
  const { path } = await simpleWorkspace(bench);
  await bench.get(`${path}/Tasks?Page=3`);
  const [request] = await logged();
  const { body } = await bench.get('/_taskrouter/alerts');
  expect(body.alerts[0]).toMatchObject({ code: 40153, source: 'api' });
  expect(request.alert_id).toBe(body.alerts[0].id);
});

describe('the log of requests', () => {
  it('keeps the newest requests, and writes separately from reads', () => {
    const log = new RequestLog({ capacity: 3 });
    const first = log.add(newRequest());
    for (let count = 0; count < 20; count += 1) log.add(newRequest({ method: 'GET' }));
    expect(log.find(first.id)).toBe(first);
    expect(log.since(0).map(({ id }) => id)).toEqual([1, 19, 20, 21]);
    expect(log.forgottenUpTo).toBe(18);
  });

  it('stores the size of a large text instead of the text', () => {
    const log = new RequestLog();
    expect(log.add(newRequest({ body: 'x'.repeat(65_537) })).body).toBe('(65537 characters)');
    expect(log.add(newRequest({ body: 'x'.repeat(65_536) })).body).toHaveLength(65_536);
  });
});
