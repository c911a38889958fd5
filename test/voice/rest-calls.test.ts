import { readFileSync } from 'node:fs';
import type { CallInstance, CallListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/call';
import { parametersOfOperation } from '../../src/taskrouter/api/operation-parameters';
import { SimulatedApplication } from '../support/simulated-application';

const application = new SimulatedApplication();
const { server } = application;
const from = '+15550100';

const worker = (name: string, simulatedCall: object) => ({
  friendlyName: name,
  attributes: { contact_uri: `client:${name.toLowerCase()}`, simulated_call: simulatedCall },
});

beforeAll(() =>
  application.start([
    worker('Alice', { after: 5, talk: 60, digits: '7' }),
    worker('Bob', { outcome: 'busy' }),
    worker('Carol', { outcome: 'no-answer' }),
    { ...worker('Dave', {}), attributes: { languages: ['es'], contact_uri: 'client:dave' } },
  ]),
);
afterAll(() => application.close());
afterEach(() => expect(server.forged).toEqual([]));

const client = () => application.taskRouter.client;
const advance = (seconds: number) => application.taskRouter.advance(seconds);
const told = (path: string) => application.told(path);
const serving = (documents: Readonly<Record<string, string>>) => server.will(({ path }) => documents[path]);
const create = (options: Partial<CallListInstanceCreateOptions> = {}) =>
  client().calls.create({ to: '+15550111', from, url: `${server.url}/twiml`, ...options });
const callOf = ({ sid }: Pick<CallInstance, 'sid'>) => client().calls(sid);

/** What happened on a call, without the requests. */
async function story({ sid }: Pick<CallInstance, 'sid'>): Promise<string[]> {
  const { body } = await application.request(`/_taskrouter/calls/${sid}`);
  return body.transcript
    .filter(({ verb }: { verb: string }) => verb !== 'requests')
    .map(({ who, verb, text }: Record<string, string>) => `${who} ${verb} ${text}`.trim());
}

describe('creating a call', () => {
  it('rings the phone, and executes the TwiML once somebody answers', async () => {
    serving({ '/twiml': '<Say>Hello</Say><Pause length="3"/>' });
    const created = await create();
    expect(created).toMatchObject({
      sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
      status: 'queued',
      direction: 'outbound-api',
      to: '+15550111',
      toFormatted: '+15550111',
      from,
      startTime: null,
    });
    await advance(3);
    expect(told('/twiml')).toMatchObject({
      CallSid: created.sid,
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
      To: '+15550111',
      From: from,
    });
    expect(await callOf(created).fetch()).toMatchObject({ status: 'completed', duration: '3' });
  });

  it('reads a plus sign that a form has turned into a space', async () => {
    serving({ '/twiml': '<Hangup/>' });
    expect(await create({ to: ' 15550111', from: ' 15550100' })).toMatchObject({ to: '+15550111', from });
    await advance(0);
  });

  it('uses the phone of the worker with this address', async () => {
    serving({ '/twiml': '<Gather numDigits="1" action="/pressed"/>', '/pressed': '<Pause length="90"/>' });
    const call = await create({ to: 'client:alice', method: 'GET' });
    await advance(4);
    expect(await callOf(call).fetch()).toMatchObject({ status: 'ringing', endTime: null, duration: null });
    await advance(1);
    expect(server.requests[0]).toMatchObject({ method: 'GET', path: '/twiml' });
    expect(told('/pressed')).toMatchObject({ Digits: '7' });
    await advance(60);
    expect(await callOf(call).fetch()).toMatchObject({ status: 'completed', duration: '60' });
  });

  it.each([
    ['client:bob', {}, 0, 'busy'],
    ['client:carol', { timeout: 20 }, 20, 'no-answer'],
    ['client:carol', {}, 60, 'no-answer'],
  ])('ends if %s does not answer, with %j', async (to, options, seconds, status) => {
    serving({});
    const call = await create({ to, ...options });
    if (seconds > 0) await advance(seconds - 1);
    if (seconds > 0) expect((await callOf(call).fetch()).status).toBe('ringing');
    await advance(1);
    expect(await callOf(call).fetch()).toMatchObject({ status, duration: null });
    expect(server.paths).toEqual([]);
  });

  it('leaves nothing behind if the service stops while the phone rings', async () => {
    const stopping = new SimulatedApplication();
    await stopping.start([worker('Alice', { after: 5 })]);
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const { calls } = stopping.taskRouter.client;
    await calls.create({ to: 'client:alice', from, url: `${server.url}/twiml` });
    await stopping.taskRouter.advance(1);
    await calls.create({ to: 'client:alice', from, url: `${server.url}/twiml` });
    await stopping.close();
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('executes TwiML that comes with it, sends digits, and ends at the limit', async () => {
    serving({ '/after': '<Hangup/>' });
    const twiml = `<Response><Say>Hi</Say><Gather numDigits="1" timeout="300" action="${server.url}/after"/></Response>`;
    const call = await create({ url: undefined, twiml, sendDigits: 'W12#', timeLimit: 30 } as never);
    await advance(29);
    expect((await story(call)).slice(1)).toEqual([
      '+15550111 answers',
      'twilio presses W12#',
      'twilio Say Hi',
      'twilio Gather dtmf',
    ]);
    expect((await callOf(call).fetch()).status).toBe('in-progress');
    await advance(1);
    expect(await callOf(call).fetch()).toMatchObject({ status: 'completed', duration: '30' });
  });

  it('asks the fallback URL, in its way, if the TwiML cannot be had', async () => {
    serving({ '/fallback': '<Hangup/>' });
    await create({ fallbackUrl: `${server.url}/fallback`, fallbackMethod: 'GET' });
    await advance(0);
    expect(server.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/fallback',
      parameters: { ErrorCode: '11200', ErrorUrl: `${server.url}/twiml` },
    });
  });

  it('tells the status callback how it goes, about the events that it wants', async () => {
    serving({ '/twiml': '<Pause length="8"/>', '/status': '' });
    const statusCallback = `${server.url}/status`;
    const events = () =>
      server.requests.flatMap(({ path, parameters }) => (path === '/status' ? [parameters.CallStatus] : []));
    const call = await create({
      to: 'client:alice',
      statusCallback,
      statusCallbackEvent: ['initiated', 'ringing', 'answered'],
      statusCallbackMethod: 'GET',
    });
    await advance(20);
    expect(events()).toEqual(['initiated', 'ringing', 'in-progress']);
    expect(server.requests.find(({ path }) => path === '/status')?.method).toBe('GET');
    expect(told('/status')).toMatchObject({ CallSid: call.sid, Direction: 'outbound-api' });
    server.requests.length = 0;
    const other = await create();
    await callOf(other).update({ statusCallback });
    await advance(8);
    expect(events()).toEqual(['completed']);
  });

  it.each([
    ['a relative URL', '<Response><Redirect>/more</Redirect></Response>', '11100'],
    ['no XML', '<Response>', '12100'],
  ])('ends with an alert at TwiML with %s', async (_, twiml, code) => {
    const call = await create({ url: undefined, twiml } as never);
    await advance(0);
    expect((await callOf(call).fetch()).status).toBe('completed');
    expect(await application.alertsOf({ callSid: call.sid })).toEqual([expect.stringContaining(code)]);
  });

  it.each([
    [{ to: '' }, 400, 21201, 'To'],
    [{ to: 'nobody' }, 400, 21211, 'nobody'],
    [{ from: '' }, 400, 21213, 'From'],
    [{ from: 'me' }, 400, 21212, 'me'],
    [{ url: '' }, 400, 21205, 'Url'],
    [{ url: '/twiml' }, 400, 21205, '/twiml'],
    [{ method: 'PUT' }, 400, 21209, 'PUT'],
    [{ fallbackUrl: 'ftp://host' }, 400, 21205, 'FallbackUrl'],
    [{ timeout: 0 }, 400, 21208, 'Timeout'],
    [{ timeout: 601 }, 400, 21208, '600'],
    [{ sendDigits: '12x' }, 400, 21206, 'SendDigits'],
    [{ statusCallback: 'nowhere' }, 400, 21609, 'StatusCallback'],
    [{ statusCallbackEvent: ['answered', 'gone'] }, 400, 20001, 'StatusCallbackEvent'],
    [{ timeLimit: 0 }, 400, 20001, 'TimeLimit'],
    [{ machineDetection: 'Enable' }, 501, 20501, 'MachineDetection'],
    [{ record: true }, 501, 20501, 'Record'],
    [{ url: '', applicationSid: `AP${'0'.repeat(32)}` }, 501, 20501, 'ApplicationSid'],
  ])('is refused with %j', async (options, status, code, text) => {
    await expect(create(options)).rejects.toMatchObject({
      status,
      code,
      message: expect.stringContaining(text),
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
  });

  it('takes every parameter of the official client', () => {
    const file = require.resolve('twilio/lib/rest/api/v2010/account/call.js');
    const sent = [...readFileSync(file, 'utf8').matchAll(/data\["([^"]+)"\]/g)].map(([, name]) => name);
    const known = ['ListCall', 'CreateCall', 'UpdateCall'].flatMap(parametersOfOperation);
    expect([...new Set(known)].sort()).toEqual([...new Set(sent)].sort());
  });
});

describe('a call', () => {
  it('has everything that the official client reads', async () => {
    serving({ '/twiml': '<Pause length="9"/>' });
    const { sid } = await create({ to: '+14155550111' });
    await advance(0);
    const path = `/2010-04-01/Accounts/${application.taskRouter.accountSid}/Calls/${sid}`;
    const { body } = await application.request(`${path}.json`);
    const file = require.resolve('twilio/lib/rest/api/v2010/account/call.js');
    const read = [...readFileSync(file, 'utf8').matchAll(/payload\.(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(body).sort()).toEqual([...new Set(read)].filter((name) => name !== 'calls').sort());
    const now = application.taskRouter.now().toUTCString().replace('GMT', '+0000');
    expect(body).toMatchObject({
      account_sid: application.taskRouter.accountSid,
      date_created: now,
      date_updated: now,
      start_time: now,
      end_time: null,
      to_formatted: '(415) 555-0111',
      api_version: '2010-04-01',
      uri: `${path}.json`,
      subresource_uris: { recordings: `${path}/Recordings.json` },
    });
    await callOf({ sid }).update({ status: 'completed' });
  });

  it('is deleted once it is over', async () => {
    serving({ '/twiml': '<Pause length="9"/>' });
    const call = await create();
    await expect(callOf(call).remove()).rejects.toMatchObject({ status: 400, code: 20009 });
    await advance(9);
    expect(await callOf(call).remove()).toBe(true);
    await expect(callOf(call).fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
      message: expect.stringMatching(
        /The requested resource \/2010-04-01\/Accounts\/AC\w+\/Calls\/CA\w+\.json was not found/,
      ),
    });
  });
});

describe('updating a call', () => {
  const waiting = {
    '/incoming-call': '<Enqueue action="/left">support</Enqueue>',
    '/left': '<Say>Not heard</Say>',
    '/other': '<Say>Somewhere else</Say><Pause length="5"/>',
  };

  it('sends a caller who waits to other TwiML', async () => {
    const call = await application.calling(waiting);
    await advance(20);
    await client()
      .calls(call.callSid)
      .update({ url: `${server.url}/other`, method: 'POST' });
    await advance(1);
    expect(told('/left')).toMatchObject({
      QueueResult: 'redirected',
      QueueTime: '20',
      CallStatus: 'in-progress',
    });
    expect(told('/other')).toMatchObject({ CallSid: call.callSid });
    expect(await story({ sid: call.callSid })).toEqual([
      'caller calls +15555550100',
      'twilio Enqueue support',
      `twilio is redirected ${server.url}/other`,
      'twilio Say Somewhere else',
      'twilio Pause 5 s',
    ]);
    await advance(4);
  });

  it('sends it to TwiML that comes with it', async () => {
    const call = await application.calling(waiting);
    await client().calls(call.callSid).update({ twiml: '<Response><Say>Goodbye</Say></Response>' });
    await advance(0);
    expect((await story({ sid: call.callSid })).at(-1)).toBe('twilio Say Goodbye');
    expect(call.status).toBe('completed');
  });

  it('hangs up on a caller who waits', async () => {
    const call = await application.calling(waiting);
    const updated = await client().calls(call.callSid).update({ status: 'completed' });
    expect(updated).toMatchObject({ status: 'completed' });
    await advance(0);
    expect(told('/left')).toMatchObject({ QueueResult: 'hangup', CallStatus: 'completed' });
  });

  it.each(['canceled', 'completed'] as const)('ends a call that rings with %s', async (status) => {
    serving({ '/twiml': '<Hangup/>' });
    const call = await create({ to: 'client:alice' });
    await advance(1);
    expect(await callOf(call).update({ status })).toMatchObject({ status: 'canceled' });
    await advance(10);
    expect(server.paths).toEqual([]);
  });

  it('sends a dialed call elsewhere, and the call that dialed it goes on', async () => {
    const caller = await application.calling({
      ...waiting,
      '/incoming-call': '<Dial action="/dialed">+15550177</Dial>',
      '/dialed': '<Say>Still here</Say><Pause length="2"/>',
    });
    await advance(10);
    const [dialed] = await client().calls.list({ parentCallSid: caller.callSid });
    await client()
      .calls(String(dialed?.sid))
      .update({ url: `${server.url}/other` });
    await advance(2);
    expect(told('/dialed')).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'true' });
    expect(told('/dialed')).not.toHaveProperty('DialCallDuration');
    expect(told('/other')).toMatchObject({ CallSid: dialed?.sid, Direction: 'outbound-dial' });
    expect([caller.status, (await client().calls(String(dialed?.sid)).fetch()).status]).toEqual([
      'completed',
      'in-progress',
    ]);
    await advance(3);
    expect((await client().calls(String(dialed?.sid)).fetch()).status).toBe('completed');
  });

  it('sends somebody elsewhere who hears a whisper', async () => {
    const caller = await application.calling({
      ...waiting,
      '/incoming-call': '<Dial action="/dialed"><Number url="/whisper">+15550178</Number></Dial>',
      '/whisper': '<Pause length="20"/><Say>Not heard</Say>',
      '/dialed': '<Say>Nobody</Say>',
    });
    await advance(3);
    const [dialed] = await client().calls.list({ parentCallSid: caller.callSid });
    await client()
      .calls(String(dialed?.sid))
      .update({ url: `${server.url}/other` });
    await advance(0);
    expect(told('/dialed')).toMatchObject({ DialBridged: 'false' });
    await advance(5);
    expect((await story({ sid: String(dialed?.sid) })).slice(-3)).toEqual([
      `twilio is redirected ${server.url}/other`,
      'twilio Say Somewhere else',
      'twilio Pause 5 s',
    ]);
    expect((await client().calls(String(dialed?.sid)).fetch()).status).toBe('completed');
  });

  it.each([
    ['dequeue', { dequeueFrom: from }, { QueueResult: 'bridged' }, 'completed'],
    ['conference', { from }, { QueueResult: 'redirected' }, 'in-progress'],
  ])('sends the worker of %s elsewhere', async (instruction, parameters, result, status) => {
    const { workflowSid, workspaceSid, workers, activities } = application.taskRouter;
    const enqueue = `<Enqueue workflowSid="${workflowSid}" action="/left"><Task>{"selected_language":"es"}</Task></Enqueue>`;
    const caller = await application.calling({
      ...waiting,
      '/incoming-call': enqueue,
      '/left': '<Pause length="9"/>',
    });
    const workspace = client().taskrouter.v1.workspaces(workspaceSid);
    await workspace.workers(String(workers.Dave)).update({ activitySid: activities.Idle as string });
    const [reservation] = await workspace.tasks(String(caller.taskSid)).reservations.list();
    await workspace
      .tasks(String(caller.taskSid))
      .reservations(String(reservation?.sid))
      .update({ instruction, ...parameters });
    await advance(5);
    const [call] = await client().calls.list({ to: 'client:dave' });
    await client()
      .calls(String(call?.sid))
      .update({ url: `${server.url}/other` });
    await advance(1);
    expect(told('/left')).toMatchObject(result);
    expect(told('/other')).toMatchObject({ CallSid: call?.sid });
    await advance(8);
    expect((await client().calls(String(call?.sid)).fetch()).status).toBe('completed');
    expect(caller.status).toBe(status);
    if (status === 'in-progress') await caller.hangUp();
  });

  it('cannot cancel a call in progress', async () => {
    serving({ '/twiml': '<Pause length="9"/>' });
    const call = await create();
    await advance(1);
    expect(await callOf(call).update({ status: 'canceled' })).toMatchObject({ status: 'in-progress' });
    await advance(8);
  });

  it('limits how long it may last', async () => {
    serving({ '/twiml': '<Pause length="90"/>' });
    const call = await create();
    await advance(1);
    await callOf(call).update({ timeLimit: 10 });
    await advance(9);
    expect(await callOf(call).fetch()).toMatchObject({ status: 'completed', duration: '10' });
  });

  it('is refused if the call is not in progress', async () => {
    serving({ '/twiml': '<Hangup/>' });
    const call = await create();
    await advance(0);
    const url = `${server.url}/twiml`;
    const refused = { status: 400, code: 21220, message: 'Call is not in-progress. Cannot redirect.' };
    await expect(callOf(call).update({ url })).rejects.toMatchObject(refused);
    await expect(callOf(call).update({ status: 'completed' })).rejects.toMatchObject({ code: 21220 });
    const ringing = await create({ to: 'client:carol' });
    await expect(callOf(ringing).update({ url })).rejects.toMatchObject(refused);
    await callOf(ringing).update({ status: 'canceled' });
  });

  it.each([
    [{ url: 'nowhere' }, 21205],
    [{ status: 'busy' }, 20001],
    [{ url: 'http://localhost/', twiml: '<Response/>' }, 20001],
  ])('is refused with %j', async (options, code) => {
    const call = await application.calling(waiting);
    await expect(
      client()
        .calls(call.callSid)
        .update(options as never),
    ).rejects.toMatchObject({ status: 400, code });
    await call.hangUp();
  });
});

describe('listing calls', () => {
  /** Two calls of a number that no other test has, a minute apart; the second one lasts. */
  async function two(to: string) {
    serving({ '/twiml': '<Pause length="5"/>' });
    const first = await create({ to });
    await advance(60);
    serving({ '/twiml': '<Pause length="300"/>' });
    const second = await create({ to, from: '+15550199' });
    await advance(0);
    return [first.sid, second.sid] as const;
  }
  const sids = (found: readonly { readonly sid: string }[]) => found.map(({ sid }) => sid);

  it('shows the newest first, and finds them by what they are', async () => {
    const to = '+15550131';
    const [first, second] = await two(to);
    const list = (options: object) => client().calls.list({ to, ...options });
    const between = new Date(application.taskRouter.now().getTime() - 30_000);
    expect(sids(await list({}))).toEqual([second, first]);
    expect(sids(await list({ from: '+15550199' }))).toEqual([second]);
    expect(sids(await list({ status: 'completed' }))).toEqual([first]);
    expect(sids(await list({ startTimeAfter: between }))).toEqual([second]);
    expect(sids(await list({ startTimeBefore: between }))).toEqual([first]);
    expect(sids(await list({ endTimeBefore: between }))).toEqual([first]);
    expect(sids(await list({ startTime: between }))).toEqual([second, first]);
    expect(sids(await list({ parentCallSid: first }))).toEqual([]);
    await callOf({ sid: second }).update({ status: 'completed' });
  });

  it('finds the calls that a call has dialed', async () => {
    serving({ '/twiml': '<Dial>client:bob</Dial>' });
    const call = await create();
    await advance(0);
    expect(await client().calls.list({ parentCallSid: call.sid })).toMatchObject([
      { direction: 'outbound-dial', to: 'client:bob', status: 'busy', parentCallSid: call.sid },
    ]);
  });

  it('has pages that the official client follows, in both directions', async () => {
    const to = '+15550132';
    const [first, second] = await two(to);
    expect(sids(await client().calls.list({ to, pageSize: 1 }))).toEqual([second, first]);
    const page = await client().calls.page({ to, pageSize: 1 });
    const next = await page.nextPage();
    expect(sids(next?.instances ?? [])).toEqual([first]);
    expect(sids((await next?.previousPage())?.instances ?? [])).toEqual([second]);
    await callOf({ sid: second }).update({ status: 'completed' });
  });

  it('says where a page is', async () => {
    const to = '+15550133';
    const [, second] = await two(to);
    const path = `/2010-04-01/Accounts/${application.taskRouter.accountSid}/Calls.json`;
    const query = 'To=%2B15550133&PageSize=1&Page=';
    const { body } = await application.request(`${path}?PageSize=1&To=%2B15550133`);
    expect({ ...body, calls: sids(body.calls) }).toEqual({
      page: 0,
      page_size: 1,
      start: 0,
      end: 0,
      uri: `${path}?${query}0`,
      first_page_uri: `${path}?${query}0`,
      previous_page_uri: null,
      next_page_uri: `${path}?${query}1&PageToken=PA${second}`,
      calls: [second],
    });
    const later = await application.request(`${path}?${query}1`);
    expect(later.body).toMatchObject({ page: 1, start: 1, end: 1, next_page_uri: null });
    await callOf({ sid: second }).update({ status: 'completed' });
  });

  it.each([
    ['Status=busy%20line', 'Status'],
    ['StartTime=yesterday', 'StartTime'],
    ['PageToken=PA', 'PageToken'],
    [`PageToken=PACA${'0'.repeat(32)}`, 'PageToken'],
  ])('is refused with %s', async (query, name) => {
    const path = `/2010-04-01/Accounts/${application.taskRouter.accountSid}/Calls.json`;
    const { status, body } = await application.request(`${path}?${query}`);
    expect([status, body.code, body.message]).toEqual([400, 20001, expect.stringContaining(name)]);
  });
});
