import type { TestTaskRouter } from '../../src/testkit/contract';
import { CallScenes } from '../support/call-scenes';
import { SimulatedApplication } from '../support/simulated-application';
import { SseReader } from '../support/sse-reader';

const application = new SimulatedApplication();
const { server } = application;
let taskRouter: TestTaskRouter;

beforeAll(async () => {
  await application.start();
  taskRouter = application.taskRouter;
});
afterAll(() => application.close());
afterEach(() => expect(server.forged).toEqual([]));

const calling: SimulatedApplication['calling'] = (...call) => application.calling(...call);

async function request(...parts: Parameters<SimulatedApplication['request']>) {
  const { body } = await application.request(...parts);
  return body;
}

/** The voice requests of a call, oldest first. */
async function requestsOf(callSid: string) {
  const { callbacks } = await request(`/_taskrouter/callbacks?kind=voice&call_sid=${callSid}`);
  return callbacks.reverse();
}

const enqueued = (attributes = '') =>
  `<Enqueue workflowSid="${taskRouter.workflowSid}" ${attributes}><Task>{"selected_language":"es"}</Task></Enqueue>`;

describe('the callback log', () => {
  it('has each request for TwiML, with its parameters, the response, and the call', async () => {
    const call = await calling({ '/incoming-call': '<Say>Hello</Say>' });
    expect(await requestsOf(call.callSid)).toEqual([
      expect.objectContaining({
        kind: 'voice',
        call_sid: call.callSid,
        workspace_sid: taskRouter.workspaceSid,
        task_sid: null,
        outcome: 'twiml',
        result: null,
        replay_of: null,
      }),
    ]);
    const [{ attempts }] = await requestsOf(call.callSid);
    expect(attempts).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: `${server.url}/incoming-call`,
        role: 'primary',
        number: 1,
        limits: expect.objectContaining({ total_ms: 15_000 }),
        request: expect.objectContaining({
          parameters: expect.objectContaining({ CallSid: call.callSid, CallStatus: 'ringing' }),
          headers: expect.objectContaining({ 'X-Twilio-Signature': '***' }),
        }),
        response: expect.objectContaining({ status: 200, body: expect.stringContaining('<Say>Hello</Say>') }),
        alert: null,
      }),
    ]);
  });

  it('has the parameters of a GET in the URL, which alone is signed', async () => {
    const call = await calling({
      '/incoming-call': '<Redirect method="GET">/next?step=2</Redirect>',
      '/next': '<Hangup/>',
    });
    const [, { attempts }] = await requestsOf(call.callSid);
    const [{ method, url, request: sent }] = attempts;
    expect([method, sent.parameters, sent.signed]).toEqual(['GET', {}, url]);
    expect(new URL(url).searchParams.get('CallSid')).toBe(call.callSid);
  });

  it('has the task of the call from when there is one, with what follows', async () => {
    const call = await calling({
      '/incoming-call': enqueued('waitUrl="/wait" action="/after"'),
      '/wait': '<Play>a</Play>',
      '/after': '<Hangup/>',
    });
    await call.hangUp();
    const requests = await requestsOf(call.callSid);
    expect(requests).toMatchObject([
      { task_sid: null, outcome: 'twiml', attempts: [{ url: `${server.url}/incoming-call` }] },
      { task_sid: call.taskSid, outcome: 'twiml', attempts: [{ url: `${server.url}/wait` }] },
      // The call is over, so the response has no effect.
      { task_sid: call.taskSid, outcome: 'delivered', attempts: [{ url: `${server.url}/after` }] },
    ]);
    const { callbacks } = await request(`/_taskrouter/callbacks?task_sid=${call.taskSid}`);
    expect(callbacks).toEqual([requests[2], requests[1]]);
    expect(taskRouter.callbacks({ kind: 'voice', callSid: call.callSid })).toMatchObject([
      { outcome: 'twiml', requests: [{ method: 'POST', url: `${server.url}/incoming-call` }] },
      { outcome: 'twiml' },
      { outcome: 'delivered' },
    ]);
  });

  it('has retries and redirects as attempts of one request', async () => {
    const responses = [{ status: 503 }, { status: 308, headers: { location: '/there' } }, '<Hangup/>'];
    const call = await calling(() => responses.shift(), { url: `${server.url}/voice#rc=1&rp=5xx` });
    const [{ attempts, outcome }, ...others] = await requestsOf(call.callSid);
    expect([outcome, others]).toEqual(['twiml', []]);
    expect(attempts).toMatchObject([
      { number: 1, url: `${server.url}/voice`, response: { status: 503 }, alert: { code: 11200 } },
      { number: 2, url: `${server.url}/voice`, response: { status: 308 }, alert: null },
      { number: 1, url: `${server.url}/there`, response: { status: 200 }, alert: null },
    ]);
  });

  it('has the failed request, its alert, and the fallback', async () => {
    server.will(({ path }) => (path === '/fallback' ? '<Hangup/>' : { status: 500 }));
    const urls = { url: `${server.url}/voice`, fallback_url: `${server.url}/fallback` };
    const { call_sid } = await request('/_taskrouter/calls', { from: '+15550111', ...urls });
    const [failed, fallback] = await requestsOf(call_sid);
    expect(failed).toMatchObject({ outcome: 'failed', attempts: [{ alert: { code: 11200 } }] });
    expect(fallback).toMatchObject({ outcome: 'twiml', attempts: [{ role: 'fallback', number: 1 }] });
    const { alerts } = await request(`/_taskrouter/alerts?call_sid=${call_sid}`);
    expect(alerts).toMatchObject([
      { code: 11200, source: 'call', resource_sid: call_sid, call_sid, callback_id: failed.id },
    ]);
  });

  it.each([
    ['a timeout', '#tt=100', () => new Promise<undefined>(() => undefined), 'timed_out', 11203],
    [
      'text that is not TwiML',
      '',
      async () => ({ headers: { 'content-type': 'text/xml' }, body: '<a' }),
      'failed',
      12100,
    ],
    [
      'a redirect without end',
      '',
      async () => ({ status: 302, headers: { location: '/x' } }),
      'failed',
      11215,
    ],
  ] as const)('has %s, and its alert once', async (_, limit, serve, outcome, code) => {
    const call = await calling(serve, { url: `${server.url}/x${limit}` });
    await taskRouter.advance(1);
    const [entry] = await requestsOf(call.callSid);
    expect([entry.outcome, entry.attempts.at(-1).alert.code]).toEqual([outcome, code]);
    const { alerts } = await request(`/_taskrouter/alerts?call_sid=${call.callSid}`);
    expect(alerts).toMatchObject([{ code, callback_id: entry.id }]);
  });

  it('names the document of a verb that cannot be executed', async () => {
    const call = await calling({ '/incoming-call': '<Redirect>/next</Redirect>', '/next': '<Whistle/>' });
    const [, next] = await requestsOf(call.callSid);
    const { alerts } = await request(`/_taskrouter/alerts?call_sid=${call.callSid}`);
    expect(alerts).toMatchObject([{ code: 12200, callback_id: next.id }]);
  });

  it('has a request as withdrawn if the caller hangs up before the response', async () => {
    let respond: () => void = () => undefined;
    let callSid = '';
    const asked = new Promise<void>((isAsked) => {
      server.will(async ({ path, parameters }) => {
        if (path === '/incoming-call') return '<Gather action="/slow" numDigits="1" timeout="60"/>';
        callSid = parameters.CallSid as string;
        isAsked();
        await new Promise<void>((resolve) => {
          respond = resolve;
        });
        return '<Say>Too late</Say>';
      });
    });
    const call = await taskRouter.call({ from: '+15550111' });
    const pressed = call.press('1');
    await asked;
    const hungUp = call.hangUp();
    respond();
    await Promise.all([pressed, hungUp]);
    const [, late] = await requestsOf(callSid);
    expect(late).toMatchObject({ outcome: 'withdrawn', attempts: [{ response: { status: 200 } }] });
    expect(call.transcript.some(({ verb }) => verb === 'Say')).toBe(false);
  });

  it('masks the password of a SIP address and secrets in URLs', async () => {
    const sip = '<Dial><Sip username="alice" password="pw-4711">sip:alice@127.0.0.1</Sip></Dial>';
    const url = `${server.url}/voice?token=t-0815`;
    const call = await calling({ '/voice': sip }, { url });
    const shown = JSON.stringify(await requestsOf(call.callSid));
    expect(shown).toContain('password=\\"***\\"');
    expect(shown).not.toMatch(/pw-4711|t-0815/);
    const path = `/_taskrouter/calls/${call.callSid}`;
    expect(JSON.stringify(await request(path))).not.toMatch(/pw-4711|t-0815/);
    await call.hangUp();
  });
});

describe('requests of the call to a worker', () => {
  const scenes = new CallScenes().register();

  it('have its worker and its reservation, and status callbacks are among them', async () => {
    const statusCallback = (url: string) => ({
      instruction: 'call',
      from: '+15550100',
      url: `${url}/whisper`,
      status_callback_url: `${url}/status`,
    });
    const { others, remote, call } = await scenes.scene({}, statusCallback, { '/whisper': '<Hangup/>' });
    const callSid = String(others()[0]?.callSid);
    const { workerSid, sid } = (await remote.tasks(String(call.taskSid)).reservations.list())[0] ?? {};
    const { callbacks } = await scenes.request(`/_taskrouter/callbacks?call_sid=${callSid}`);
    const subjects = { task_sid: call.taskSid, worker_sid: workerSid, reservation_sid: sid };
    expect(callbacks).toMatchObject([
      { ...subjects, outcome: 'delivered', attempts: [{ url: `${scenes.server.url}/status` }] },
      { ...subjects, outcome: 'twiml', attempts: [{ url: `${scenes.server.url}/whisper` }] },
    ]);
  });
});

describe('requests to the REST API', () => {
  it('are found by the call that they are about', async () => {
    server.will(() => '<Pause length="60"/>');
    const { calls } = taskRouter.client;
    const created = await calls.create({ to: '+15550111', from: '+15550100', url: `${server.url}/voice` });
    await calls(created.sid).update({ status: 'completed' });
    await calls(created.sid)
      .update({ url: 'nonsense' })
      .catch(() => undefined);
    const { requests } = await request(`/_taskrouter/requests?kind=change&call_sid=${created.sid}`);
    expect(
      requests.map(({ operation, status }: { operation: string; status: number }) => [operation, status]),
    ).toEqual([
      ['UpdateCall', 400],
      ['UpdateCall', 200],
      ['CreateCall', 201],
    ]);
  });
});

describe('the stream', () => {
  it('sends voice requests, and filters them by kind and call', async () => {
    const first = await calling({ '/incoming-call': '<Hangup/>' });
    const second = await calling({ '/incoming-call': '<Hangup/>' });
    for (const [query, expected] of [
      [`call_sid=${second.callSid}`, second.callSid],
      [`kind=voice&call_sid=${first.callSid}`, first.callSid],
    ]) {
      const reader = await SseReader.open(
        `${taskRouter.url}/_taskrouter/stream?${query}`,
        application.headers,
      );
      const { data } = await reader.until(({ event }) => event === 'callback');
      expect(data).toMatchObject({ kind: 'voice', call_sid: expected });
      reader.close();
    }
  });
});

describe('a replay of a voice request', () => {
  const replay = (id: number, form: Record<string, string> = {}) =>
    request(`/_taskrouter/callbacks/${id}/replay`, form);

  it.each(['POST', 'GET'] as const)('sends the same %s again, signed, without any effect', async (method) => {
    const call = await calling(
      { '/voice': '<Pause length="60"/>' },
      { url: `${server.url}/voice?a=1`, method },
    );
    const [original] = await requestsOf(call.callSid);
    server.will(() => '<Hangup/>');
    const { callback, differences } = await replay(original.id);
    expect(differences).toEqual(['body']);
    expect(callback).toMatchObject({ kind: 'voice', call_sid: call.callSid, replay_of: original.id });
    expect([callback.outcome, callback.attempts[0].method, callback.attempts[0].url]).toEqual([
      'twiml',
      method,
      original.attempts[0].url,
    ]);
    expect(server.requests).toMatchObject([
      { method, path: '/voice', parameters: { CallSid: call.callSid, a: '1' } },
    ]);
    expect(call.status).toBe('in-progress');
    await call.hangUp();
  });

  it('sends edited parameters with their signature', async () => {
    const call = await calling({ '/incoming-call': '<Hangup/>' });
    const [{ id }] = await requestsOf(call.callSid);
    const parameters = { CallSid: call.callSid, Digits: '2' };
    await replay(id, { parameters: JSON.stringify(parameters) });
    expect(server.requests.at(-1)?.parameters).toEqual(parameters);
  });

  it('adds edited parameters of a GET to its URL', async () => {
    const call = await calling({ '/voice': '<Hangup/>' }, { url: `${server.url}/voice`, method: 'GET' });
    const [{ id }] = await requestsOf(call.callSid);
    await replay(id, { url: `${server.url}/voice?a=1`, parameters: '{"Digits":"2"}' });
    expect(server.requests.at(-1)).toEqual({
      method: 'GET',
      path: '/voice',
      parameters: { a: '1', Digits: '2' },
    });
  });

  it('does not follow a redirect, and causes no alert', async () => {
    const call = await calling({ '/incoming-call': '<Hangup/>' });
    const [{ id }] = await requestsOf(call.callSid);
    server.will(() => ({ status: 302, headers: { location: '/elsewhere' } }));
    const { callback } = await replay(id);
    expect([callback.outcome, server.paths]).toEqual(['redirected', ['/incoming-call']]);
    server.will(() => ({ status: 500 }));
    expect((await replay(id)).callback).toMatchObject({
      outcome: 'failed',
      attempts: [{ alert: { code: 11200 } }],
    });
    expect((await request(`/_taskrouter/alerts?call_sid=${call.callSid}`)).alerts).toEqual([]);
  });
});
