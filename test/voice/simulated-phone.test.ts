import type { TestTaskRouter } from '../../src/testkit/contract';
import { heard, SimulatedApplication } from '../support/simulated-application';

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
const alertsOf: SimulatedApplication['alertsOf'] = (call) => application.alertsOf(call);
const request: SimulatedApplication['request'] = (...parts) => application.request(...parts);

const task = (sid: string | null) =>
  taskRouter.client.taskrouter.v1.workspaces(taskRouter.workspaceSid).tasks(String(sid)).fetch();

const enqueued = (attributes = '', json = '{"selected_language":"es"}', ofTask = '') =>
  `<Enqueue workflowSid="${taskRouter.workflowSid}" ${attributes}><Task ${ofTask}>${json}</Task></Enqueue>`;

describe('a simple call', () => {
  it('executes its verbs in order, and ends after the last one', async () => {
    const call = await calling({
      '/incoming-call': '<Say>Hello &amp; welcome</Say><Play>/a.wav</Play><Pause length="3"/><Say>Bye</Say>',
    });
    expect([call.status, heard(call)]).toEqual([
      'in-progress',
      ['Say Hello & welcome', 'Play /a.wav', 'Pause 3 s'],
    ]);
    await taskRouter.advance(3);
    expect([call.status, heard(call).at(-1)]).toEqual(['completed', 'Say Bye']);
  });

  it('sends the parameters that Twilio documents', async () => {
    await calling({ '/incoming-call': '<Hangup/>' }, { to: '+15550100' });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      parameters: {
        AccountSid: taskRouter.accountSid,
        ApiVersion: '2010-04-01',
        CallSid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
        CallStatus: 'ringing',
        Direction: 'inbound',
        From: '+15550111',
        Caller: '+15550111',
        To: '+15550100',
        Called: '+15550100',
        FromCity: '',
      },
    });
  });

  it.each([
    ['<Reject reason="busy"/>', 'busy'],
    ['<Reject/>', 'no-answer'],
    ['<Hangup/><Say>never</Say>', 'completed'],
  ])('ends at %s', async (verbs, status) => {
    const call = await calling({ '/incoming-call': verbs });
    expect([call.status, heard(call)]).toEqual([status, [expect.not.stringContaining('never')]]);
  });

  it('is redirected by URLs relative to the document, with GET if the verb says so', async () => {
    await calling(
      {
        '/voice/first': '<Redirect method="GET">second?step=2</Redirect>',
        '/voice/second': '<Hangup/>',
      },
      { url: `${server.url}/voice/first` },
    );
    expect(server.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/voice/second',
      parameters: { step: '2', CallStatus: 'in-progress' },
    });
  });

  it('skips a verb that it does not know or cannot execute, with an alert that names it', async () => {
    const call = await calling({ '/incoming-call': '<Record/><Whistle/><Say>Still here</Say>' });
    expect(heard(call)).toEqual(['Say Still here']);
    expect(await alertsOf(call)).toEqual([
      expect.stringMatching(/^12200 .*<Whistle>/),
      expect.stringMatching(/^20501 .*<Record>/),
    ]);
  });
});

describe('Gather', () => {
  const menu = (attributes = '') =>
    `<Gather action="/chosen" ${attributes}><Say>Choose</Say></Gather><Say>Nothing chosen</Say>`;

  it.each([
    ['numDigits="2"', '123', '12', ''],
    ['', '12#', '12', '#'],
    ['finishOnKey="*"', '1#*', '1#', '*'],
  ])('with %s, takes from the keys %s', async (attributes, digits, expected, finishedOnKey) => {
    const call = await calling({ '/incoming-call': menu(attributes), '/chosen': '<Hangup/>' }, { digits });
    expect(server.requests.at(-1)?.parameters).toMatchObject({
      Digits: expected,
      FinishedOnKey: finishedOnKey,
      msg: 'Gather End',
    });
    expect(heard(call)).toContain(`presses ${expected}${finishedOnKey}`);
  });

  it('waits for keys that are pressed later, each time up to its timeout', async () => {
    const call = await calling({ '/incoming-call': menu('timeout="4"'), '/chosen': '<Hangup/>' });
    await taskRouter.advance(3);
    await call.press('7');
    await taskRouter.advance(3);
    expect(server.paths).toEqual(['/incoming-call']);
    await taskRouter.advance(1);
    expect(server.requests.at(-1)?.parameters).toMatchObject({ Digits: '7' });
  });

  it('goes on with the next verb if nothing is pressed in time', async () => {
    const call = await calling({ '/incoming-call': menu() });
    await taskRouter.advance(4);
    expect(call.status).toBe('in-progress');
    await taskRouter.advance(1);
    expect([call.status, heard(call).at(-1)]).toEqual(['completed', 'Say Nothing chosen']);
  });

  it('asks its action even so with actionOnEmptyResult', async () => {
    await calling({ '/incoming-call': menu('actionOnEmptyResult="true"'), '/chosen': '<Hangup/>' });
    await taskRouter.advance(5);
    expect(server.requests.at(-1)).toMatchObject({ path: '/chosen', parameters: { Digits: '' } });
  });
});

describe('TwiML that cannot be had', () => {
  const xml = { 'content-type': 'text/xml' };

  it.each([
    ['is answered with 500', { status: 500 }, '11200'],
    ['is not XML', { headers: xml, body: '<Response><Say>' }, '12100'],
    ['has another root', { headers: xml, body: '<Hello/>' }, '12100'],
    ['declares entities', { headers: xml, body: '<!DOCTYPE a [<!ENTITY b "c">]><Response/>' }, '12100'],
    ['has the type of JSON', { headers: { 'content-type': 'application/json' }, body: '{}' }, '12300'],
    ['is a redirect to itself', { status: 302, headers: { location: '/incoming-call' } }, '11215'],
    [
      'is a redirect to a metadata address',
      { status: 302, headers: { location: 'http://169.254.169.254/' } },
      '11205',
    ],
  ])('ends the call with an apology and an alert if it %s', async (_, response, code) => {
    const call = await calling(() => response);
    expect([call.status, heard(call)]).toEqual(['completed', [expect.stringContaining('application error')]]);
    expect(await alertsOf(call)).toEqual([expect.stringContaining(`${code} Call ${call.callSid}`)]);
  });

  it('follows ten redirects, and signs each request', async () => {
    const call = await calling(({ path }) => {
      const step = Number(path.replace('/step', '')) || 0;
      if (step === 10) return '<Say>Arrived</Say>';
      return { status: 307, headers: { location: `/step${step + 1}` } };
    });
    expect(heard(call)).toEqual(['Say Arrived']);
    expect(server.requests).toHaveLength(11);
    expect(server.requests.at(-1)).toMatchObject({ method: 'POST', parameters: { From: '+15550111' } });
  });

  it('comes from the fallback URL, which is told why', async () => {
    const { status, body } = await (async () => {
      server.will(({ path }) => (path === '/fallback' ? '<Say>Please call later</Say>' : { status: 503 }));
      const urls = { url: `${server.url}/voice`, fallback_url: `${server.url}/fallback` };
      return request('/_taskrouter/calls', { from: '+15550111', ...urls });
    })();
    expect([status, body.status, body.transcript.at(-1).text]).toEqual([
      201,
      'completed',
      'Please call later',
    ]);
    expect(server.requests.at(-1)?.parameters).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: `${server.url}/voice`,
    });
  });

  it('is waited for as long as the URL allows, by the clock of the instance', async () => {
    const call = await calling(() => new Promise(() => undefined), { url: `${server.url}/slow#tt=100` });
    expect(call.status).toBe('ringing');
    await taskRouter.advance(0.1);
    expect(call.status).toBe('completed');
    expect(await alertsOf(call)).toEqual([expect.stringContaining('11203')]);
  });

  it('does not run in a circle for ever', async () => {
    const call = await calling({ '/incoming-call': '<Redirect>/incoming-call</Redirect>' });
    expect(call.status).toBe('completed');
    expect(await alertsOf(call)).toEqual([expect.stringContaining('more than 100 documents')]);
  });
});

describe('a caller in a queue', () => {
  const after = { '/after': '<Say>Afterwards</Say>' };

  it('hears the waiting document again and again, and where the caller is in the queue', async () => {
    const documents = {
      '/incoming-call': enqueued('waitUrl="/wait" waitUrlMethod="GET"'),
      '/wait': '<Play>a</Play>',
    };
    const first = await calling(documents);
    await taskRouter.advance(60);
    expect(server.paths).toEqual(['/incoming-call', '/wait', '/wait', '/wait']);
    expect(server.requests.at(-1)).toMatchObject({
      method: 'GET',
      parameters: { QueuePosition: '1', QueueTime: '60', AvgQueueTime: '60', CurrentQueueSize: '1' },
    });
    const second = await calling(documents);
    expect(server.requests.at(-1)?.parameters).toMatchObject({ QueuePosition: '2', CurrentQueueSize: '2' });
    await first.hangUp();
    await second.hangUp();
  });

  it('may hear a document that redirects to itself', async () => {
    const documents = { '/incoming-call': enqueued('waitUrl="/wait"'), '/wait': '<Play>a</Play><Redirect/>' };
    const call = await calling(documents);
    await taskRouter.advance(60);
    expect(server.paths).toEqual(['/incoming-call', '/wait', '/wait', '/wait']);
    await call.hangUp();
  });

  it('cancels the task by hanging up, and tells the action', async () => {
    const call = await calling(
      { '/incoming-call': enqueued('action="/after"'), ...after },
      {
        hangUpAfterSeconds: 30,
      },
    );
    await taskRouter.advance(30);
    expect(await task(call.taskSid)).toMatchObject({ assignmentStatus: 'canceled', reason: 'hangup' });
    expect(server.requests.at(-1)).toMatchObject({
      path: '/after',
      parameters: { QueueResult: 'hangup', QueueTime: '30', CallStatus: 'completed' },
    });
    expect([call.status, heard(call).at(-1)]).toEqual(['completed', 'hangs up']);
  });

  it('leaves it by Leave in the waiting document', async () => {
    const call = await calling({
      '/incoming-call': enqueued('action="/after" waitUrl="/wait"'),
      '/wait': '<Gather numDigits="1" timeout="9" action="/leave"/>',
      '/leave': '<Leave/>',
      ...after,
    });
    await call.press('9');
    expect(heard(call).slice(-2)).toEqual(['Leave', 'Say Afterwards']);
    expect(server.requests.at(-1)?.parameters).toMatchObject({ QueueResult: 'leave' });
    expect((await task(call.taskSid)).assignmentStatus).toBe('canceled');
  });

  it('ends the call by Hangup in the waiting document', async () => {
    const call = await calling({ '/incoming-call': enqueued('waitUrl="/wait"'), '/wait': '<Hangup/>' });
    expect(call.status).toBe('completed');
    expect((await task(call.taskSid)).reason).toBe('hangup');
  });

  it('leaves it with an error if the waiting document cannot be had', async () => {
    const call = await calling({ '/incoming-call': enqueued('action="/after" waitUrl="/none"'), ...after });
    expect(server.requests.at(-1)?.parameters).toMatchObject({ QueueResult: 'error' });
    expect(heard(call)).toContain('Say Afterwards');
    expect(await alertsOf(call)).toEqual([expect.stringContaining('11200')]);
  });

  it('leaves it with an error when a program cancels the task', async () => {
    const call = await calling({ '/incoming-call': enqueued('action="/after"'), ...after });
    const { client, workspaceSid } = taskRouter;
    const { tasks } = client.taskrouter.v1.workspaces(workspaceSid);
    await tasks(String(call.taskSid)).update({ assignmentStatus: 'canceled' });
    await taskRouter.advance(0);
    expect(heard(call).at(-1)).toBe('Say Afterwards');
    expect(server.requests.at(-1)?.parameters).toMatchObject({ QueueResult: 'error' });
  });

  it('has priority and timeout of Task, whose JSON wins over the attributes of the call', async () => {
    const json = '<![CDATA[{"selected_language": "es", "from": "Alice & Bob", "id": 12345678901234567890}]]>';
    const call = await calling({ '/incoming-call': enqueued('', json, 'priority="5" timeout="200"') });
    const { attributes, priority, timeout } = await task(call.taskSid);
    expect([priority, timeout]).toEqual([5, 200]);
    expect(attributes).toContain('"from":"Alice & Bob","id":12345678901234567890,"call_sid":');
    await call.hangUp();
  });

  it.each([
    ['a workflow that does not exist', () => `<Enqueue workflowSid="WW${'0'.repeat(32)}" action="/after"/>`],
    ['JSON that is none', () => enqueued('action="/after"', '{')],
    ['JSON that is not an object', () => enqueued('action="/after"', '[1]')],
    ['attributes that no filter takes', () => enqueued('action="/after"', '{"selected_language":"fr"}')],
    ['a bad priority', () => enqueued('action="/after"', '{}', 'priority="high"')],
  ])('does not get into it with %s', async (_, verbs) => {
    const call = await calling({ '/incoming-call': verbs(), ...after });
    expect([call.taskSid, heard(call)]).toEqual([null, ['Say Afterwards']]);
    expect(server.requests.at(-1)?.parameters).toMatchObject({ QueueResult: 'error' });
    expect(await alertsOf(call)).toEqual([expect.stringContaining('14222')]);
  });

  it('does not get into it if a hundred callers wait', async () => {
    const documents = { '/incoming-call': enqueued('action="/after"'), ...after };
    const waiting = [];
    for (let count = 0; count < 100; count++) waiting.push(await calling(documents));
    const call = await calling(documents);
    expect([call.taskSid, heard(call)]).toEqual([null, ['Say Afterwards']]);
    expect(server.requests.at(-1)?.parameters).toMatchObject({ QueueResult: 'queue-full' });
    for (const each of waiting) await each.hangUp();
  });
});

describe('/_taskrouter/calls', () => {
  it('begins a call, shows it, presses keys, and hangs up', async () => {
    server.will(({ path }) =>
      path === '/incoming-call' ? '<Gather numDigits="1" action="/chosen"/>' : enqueued(),
    );
    const begun = await request('/_taskrouter/calls', { from: '+15550111', to: '+15550100' });
    expect(begun).toMatchObject({ status: 201, body: { status: 'in-progress', task_sid: null } });
    expect(begun.body.transcript[0]).toEqual({
      at: taskRouter.now().toISOString(),
      who: 'caller',
      verb: 'calls',
      text: '+15550100',
    });
    const path = `/_taskrouter/calls/${begun.body.call_sid}`;
    const pressed = await request(path, { digits: '1' });
    expect(pressed.body.task_sid).toMatch(/^WT/);
    expect((await request(path)).body).toEqual(pressed.body);
    expect((await request('/_taskrouter/calls')).body.calls[0]).toEqual(pressed.body);
    const over = await request(path, { action: 'hang_up' });
    expect(over).toMatchObject({ status: 200, body: { status: 'completed' } });
    expect(await request(path, { action: 'hang_up' })).toMatchObject({ status: 400 });
  });

  it('shows a call that is over with the requests about its end', async () => {
    let respond: () => void = () => undefined;
    const asked = new Promise<void>((isAsked) => {
      server.will(async ({ path }) => {
        if (path === '/incoming-call') return enqueued('action="/after"');
        isAsked();
        await new Promise<void>((resolve) => {
          respond = resolve;
        });
        return '<Hangup/>';
      });
    });
    const { body } = await request('/_taskrouter/calls', { from: '+15550111' });
    const path = `/_taskrouter/calls/${body.call_sid}`;
    const hungUp = request(path, { action: 'hang_up' });
    await asked;
    const shown = request(path);
    // A response to a later request: by now, the one before waits.
    await request('/_taskrouter/calls');
    respond();
    expect((await shown).body.transcript.at(-1)).toMatchObject({ verb: 'requests' });
    expect((await hungUp).body).toEqual((await shown).body);
  });

  it.each([
    [{}, 'from'],
    [{ from: 'Bob' }, 'from'],
    [{ from: '+15550111', digits: 'one' }, 'digits'],
    [{ from: '+15550111', hang_up_after: '-1' }, 'hang_up_after'],
    [{ from: '+15550111', url: 'ftp://host' }, 'url'],
  ])('refuses %j', async (form, field) => {
    const { status, body } = await request('/_taskrouter/calls', form as Record<string, string>);
    expect([status, body.code, body.message]).toEqual([400, 20001, expect.stringContaining(field)]);
  });

  it('says what a caller cannot do, and what is not there', async () => {
    const call = await calling({ '/incoming-call': '<Pause length="60"/>' });
    const path = `/_taskrouter/calls/${call.callSid}`;
    expect(await request(path, { action: 'answer' })).toMatchObject({ status: 400 });
    expect(await request(path, {})).toMatchObject({ status: 400 });
    const both = await request(path, { digits: '1', action: 'hang_up' });
    expect(both.body.message).toBe('Only one of digits, speech, and action can be given');
    expect(await request(`/_taskrouter/calls/CA${'0'.repeat(32)}`)).toMatchObject({ status: 404 });
    await call.hangUp();
  });
});
