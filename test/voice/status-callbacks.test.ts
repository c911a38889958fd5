import { startTaskRouter } from '../../src/testkit';
import type { SimulatedCall } from '../../src/testkit/contract';
import { CallScenes } from '../support/call-scenes';

const scenes = new CallScenes().register();
const { server } = scenes;

const all = 'initiated,ringing,answered,completed';
const none = () => ({});

/** The status callbacks so far: method, status, and what makes each one different. */
const sent = () =>
  server.requests
    .filter(({ path }) => path.startsWith('/status'))
    .map(({ method, parameters: { CallStatus, SequenceNumber, CallDuration = '', Duration = '' } }) =>
      [method, SequenceNumber, CallStatus, CallDuration, Duration].join(' ').trim(),
    );
const last = () => server.requests.filter(({ path }) => path.startsWith('/status')).at(-1)?.parameters;

describe('the status callback of a dequeued call', () => {
  const dequeue = (more: object) => (url: string) => ({
    instruction: 'dequeue',
    post_work_activity_sid: '',
    status_callback_url: `${url}/status?key=1`,
    ...more,
  });

  it('is a GET on completed, with the documented parameters and that of the caller', async () => {
    const { call, others } = await scenes.scene({ after: 2, talk: 61 }, dequeue({}));
    await scenes.taskRouter.advance(62);
    expect(sent()).toEqual([]);
    await scenes.taskRouter.advance(1);
    expect(sent()).toEqual(['GET 0 completed 61 2']);
    const date = scenes.taskRouter.now().toUTCString().replace('GMT', '+0000');
    expect(last()).toEqual({
      key: '1',
      CallSid: others()[0]?.callSid,
      AccountSid: scenes.taskRouter.accountSid,
      ApiVersion: '2010-04-01',
      Direction: 'outbound-api',
      From: '+15550100',
      Caller: '+15550100',
      To: 'client:alice',
      Called: 'client:alice',
      CallStatus: 'completed',
      CallDuration: '61',
      Duration: '2',
      Timestamp: date,
      CallbackSource: 'call-progress-events',
      SequenceNumber: '0',
      taskCallSid: call.callSid,
      ...Object.fromEntries(
        ['From', 'To', 'Caller', 'Called'].flatMap((number) =>
          ['City', 'State', 'Zip', 'Country'].map((place) => [number + place, '']),
        ),
      ),
    });
  });

  it('follows the call in order, from initiated to completed', async () => {
    await scenes.scene({ after: 2, talk: 10 }, dequeue({ status_callback_events: all }));
    expect(sent()).toEqual(['GET 0 initiated', 'GET 1 ringing']);
    await scenes.taskRouter.advance(20);
    expect(sent().slice(2)).toEqual(['GET 2 in-progress', 'GET 3 completed 10 1']);
  });

  it.each([
    ['busy', 'busy'],
    ['refused', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
  ])('says that nobody answered a call that is %s', async (outcome, status) => {
    await scenes.scene({ outcome, after: 3 }, dequeue({ status_callback_events: all }));
    await scenes.taskRouter.advance(3);
    expect(sent()).toEqual(['GET 0 initiated', 'GET 1 ringing', `GET 2 ${status} 0 0`]);
  });

  it('says that the caller hung up meanwhile', async () => {
    const { call } = await scenes.scene({ after: 9 }, dequeue({}));
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect(sent()).toEqual(['GET 0 canceled 0 0']);
  });

  it('is asked for over REST, too', async () => {
    const { call, remote } = await scenes.scene({ after: 2, talk: 5 }, none);
    const reservations = remote.tasks(String(call.taskSid)).reservations;
    const [reservation] = await reservations.list();
    await reservations(String(reservation?.sid)).update({
      instruction: 'dequeue',
      dequeueStatusCallbackUrl: `${server.url}/status`,
      dequeueStatusCallbackEvent: ['answered', 'completed'],
    });
    await scenes.taskRouter.advance(9);
    expect(sent()).toEqual(['GET 0 in-progress', 'GET 1 completed 5 1']);
  });

  it('waits for the response to the one before, and the clock waits for both', async () => {
    const { call, remote } = await scenes.scene({ after: 3, talk: 5 }, none);
    const held: (() => void)[] = [];
    let isHeld: () => void = () => undefined;
    const holding = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    server.will(({ path, method }) => {
      if (method !== 'GET') return { status: path === '/event-callback' ? 204 : 404 };
      isHeld();
      return new Promise((respond) => {
        held.push(() => respond({ status: 204 }));
      });
    });
    const reservations = remote.tasks(String(call.taskSid)).reservations;
    const [reservation] = await reservations.list();
    await reservations(String(reservation?.sid)).update({
      instruction: 'dequeue',
      dequeueStatusCallbackUrl: `${server.url}/status`,
      dequeueStatusCallbackEvent: ['initiated', 'ringing'],
    });
    let isAdvanced = false;
    const begun = scenes.taskRouter.now();
    const advancing = scenes.taskRouter.advance(60).then(() => {
      isAdvanced = true;
    });
    await holding;
    // A response to a later request: everything that does not wait for the callback has happened.
    await scenes.request('/_taskrouter/calls');
    expect([sent(), isAdvanced, scenes.taskRouter.now()]).toEqual([['GET 0 initiated'], false, begun]);
    server.will(() => ({ status: 204 }));
    for (const release of held) release();
    await advancing;
    expect(sent()).toEqual(['GET 1 ringing']);
  });

  it('that fails raises an alert, and changes nothing else', async () => {
    const { now, alerts, others } = await scenes.scene({ after: 2, talk: 5 }, (url) => ({
      instruction: 'dequeue',
      post_work_activity_sid: '',
      status_callback_url: `${url}/missing`,
      status_callback_events: 'answered,completed',
    }));
    await scenes.taskRouter.advance(4);
    expect([await alerts(), await now()]).toEqual([[15003], ['assigned', 'accepted', 'Busy']]);
    await scenes.taskRouter.advance(5);
    expect([await alerts(), await now()]).toEqual([
      [15003, 15003],
      ['assigned', 'accepted', 'WrapUp'],
    ]);
    const [worker] = others() as [SimulatedCall];
    const requests = worker.transcript.filter(({ verb }) => verb === 'requests');
    expect(requests.map(({ text }) => text.replace(/\?.*?:/, ':'))).toEqual(
      Array(2).fill(`GET ${server.url}/missing: 404`),
    );
  });

  it('begins with the call also by the system’s clock', async () => {
    let isSent: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      isSent = resolve;
    });
    server.will(({ path }) => {
      if (path === '/status') isSent();
      return { status: 204 };
    });
    scenes.taskRouter = await startTaskRouter({ authToken: 'c'.repeat(32), clock: 'system' });
    const { client, workspaceSid, workers, activities } = scenes.taskRouter;
    const remote = client.taskrouter.v1.workspaces(workspaceSid);
    await remote.workers(String(workers.Alice)).update({ activitySid: String(activities.Idle) });
    const attributes = { selected_language: 'es', call_sid: `CA${'1'.repeat(32)}`, to: '+15550100' };
    const task = await remote.tasks.create({ attributes: JSON.stringify(attributes) });
    const reservations = remote.tasks(task.sid).reservations;
    const [reservation] = await reservations.list();
    await reservations(String(reservation?.sid)).update({
      instruction: 'dequeue',
      dequeueTo: 'client:alice',
      dequeueStatusCallbackUrl: `${server.url}/status`,
      dequeueStatusCallbackEvent: ['initiated'],
    });
    await asked;
    expect(sent()).toEqual(['GET 0 initiated']);
  });

  it('says after a restart only what has happened since then', async () => {
    await scenes.scene({ after: 9, talk: 5 }, dequeue({ status_callback_events: all }));
    await scenes.restart();
    server.requests.length = 0;
    await scenes.taskRouter.advance(20);
    expect(sent()).toEqual(['GET 2 in-progress', 'GET 3 completed 5 1']);
  });
});

describe('the status callback of other instructions', () => {
  it('is a POST on completed for call', async () => {
    const documents = { '/whisper': '<Pause length="7"/>' };
    await scenes.scene(
      {},
      (url) => ({
        instruction: 'call',
        from: '+15550100',
        url: `${url}/whisper`,
        status_callback_url: `${url}/status`,
      }),
      documents,
    );
    await scenes.taskRouter.advance(7);
    expect(sent()).toEqual(['POST 0 completed 7 1']);
    expect(last()).not.toHaveProperty('taskCallSid');
  });

  it.each([
    [{}, ['POST 0 completed 5 1']],
    [{ status_callback_method: 'GET', status_callback_event: 'ringing' }, ['GET 0 ringing']],
  ])('has method and events for conference: %j', async (more, expected) => {
    await scenes.scene({ after: 1, talk: 5 }, (url) => ({
      instruction: 'conference',
      from: '+15550100',
      status_callback: `${url}/status`,
      ...more,
    }));
    await scenes.taskRouter.advance(9);
    expect(sent()).toEqual(expected);
  });
});

describe('the status callback of somebody whom Dial calls', () => {
  const dialing = (attributes: string, noun = 'Client', address = 'alice') => ({
    '/incoming-call': `<Dial action="/after"><${noun} ${attributes}>${address}</${noun}></Dial>`,
  });

  it('names the call that dials', async () => {
    const { call, others } = await scenes.scene(
      { after: 2, talk: 5 },
      none,
      dialing('statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"'),
    );
    await scenes.taskRouter.advance(9);
    expect(sent()).toEqual([
      'POST 0 initiated',
      'POST 1 ringing',
      'POST 2 in-progress',
      'POST 3 completed 5 1',
    ]);
    expect(last()).toMatchObject({
      CallSid: others()[0]?.callSid,
      ParentCallSid: call.callSid,
      Direction: 'outbound-dial',
      From: '+15550111',
      To: 'client:alice',
    });
  });

  it.each([
    ['Number', '+15550199'],
    ['Sip', 'sip:alice@example.com'],
  ])('is a POST on completed by default, for %s', async (noun, address) => {
    const { call } = await scenes.scene({}, none, dialing('statusCallback="status"', noun, address));
    await scenes.taskRouter.advance(3);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect(sent()).toEqual(['POST 0 completed 3 1']);
  });

  it('is a GET if the noun says so', async () => {
    await scenes.scene({ talk: 4 }, none, dialing('statusCallback="/status" statusCallbackMethod="GET"'));
    await scenes.taskRouter.advance(4);
    expect(sent()).toEqual(['GET 0 completed 4 1']);
  });

  it('is left out, with an alert, if its URL is invalid', async () => {
    const { alerts, told } = await scenes.scene({ talk: 4 }, none, dialing('statusCallback="http://"'));
    await scenes.taskRouter.advance(4);
    expect([await alerts(), told()?.DialCallStatus]).toEqual([[11100], 'completed']);
  });
});
