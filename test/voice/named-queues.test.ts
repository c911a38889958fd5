import { type Call, heard, SimulatedApplication } from '../support/simulated-application';

const application = new SimulatedApplication();
const { server } = application;

beforeAll(() => application.start());
afterAll(() => application.close());
afterEach(() => expect(server.forged).toEqual([]));

const { calling, told } = {
  calling: application.calling.bind(application),
  told: application.told.bind(application),
};
const advance = (seconds: number) => application.taskRouter.advance(seconds);

/** What a caller who waits and whoever dials the queue get, with more documents. */
const documents = (more: Readonly<Record<string, string>> = {}) => ({
  '/waits': '<Enqueue action="/left">support</Enqueue><Say>Not reached</Say>',
  '/left': '<Say>Afterwards</Say>',
  '/dials': '<Dial action="/dialed"><Queue>support</Queue></Dial>',
  '/dialed': '<Say>Next</Say>',
  ...more,
});

const waits = (more = {}, options = {}) =>
  calling(documents(more), { url: `${server.url}/waits`, ...options });
const dials = (more = {}) => calling(documents(more), { from: '+15550122', url: `${server.url}/dials` });

describe('Enqueue with the name of a queue', () => {
  it('lets the caller wait without a task, with the parameters of a queue', async () => {
    const documents = {
      '/waits': '<Enqueue action="/left" waitUrl="/music" waitUrlMethod="GET">support</Enqueue>',
      '/music': '<Play>a</Play>',
    };
    const call = await waits(documents);
    await advance(30);
    expect([call.taskSid, call.status]).toEqual([null, 'in-progress']);
    expect(told('/music')).toMatchObject({
      QueueSid: expect.stringMatching(/^QU[0-9a-f]{32}$/),
      QueuePosition: '1',
      QueueTime: '30',
      AvgQueueTime: '30',
      CurrentQueueSize: '1',
      MaxQueueSize: '1000',
    });
    await call.hangUp();
    expect(told('/left')).toMatchObject({ QueueResult: 'hangup', QueueTime: '30' });
  });

  it.each([
    ['', '14204'],
    ['a'.repeat(65), '14205'],
  ])('refuses the name “%s”', async (name, code) => {
    const call = await waits({ '/waits': `<Enqueue action="/left">${name}</Enqueue>` });
    expect(await application.alertsOf(call)).toEqual([expect.stringContaining(code)]);
    expect(told('/left')).toMatchObject({ QueueResult: 'error' });
    expect(told('/left')).not.toHaveProperty('QueueSid');
  });
});

describe('Dial with the name of a queue', () => {
  it('connects the caller at the front, until one hangs up', async () => {
    const first = await waits();
    await advance(10);
    const second = await waits();
    await advance(20);
    const agent = await dials();
    await advance(5);
    expect([heard(first), heard(second)]).toEqual([
      ['Enqueue support', 'connects +15550122'],
      ['Enqueue support'],
    ]);
    await agent.hangUp();
    await advance(0);
    expect(heard(first).at(-1)).toBe('Say Afterwards');
    expect(told('/left')).toMatchObject({ CallSid: first.callSid, QueueResult: 'bridged', QueueTime: '30' });
    await second.hangUp();
  });

  it('tells its action what came of it when the caller hangs up', async () => {
    const caller = await waits();
    const agent = await dials();
    await advance(7);
    await caller.hangUp();
    await advance(0);
    expect(heard(agent)).toEqual(['Dial Queue support', 'Say Next']);
    expect(told('/dialed')).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: caller.callSid,
      DialCallDuration: '7',
      DialBridged: 'true',
    });
    expect(told('/left')).toMatchObject({ QueueResult: 'bridged', CallStatus: 'completed' });
  });

  it('lets the caller hear the TwiML of its url before', async () => {
    const caller = await waits();
    await advance(4);
    const queue = '<Dial action="/dialed"><Queue url="/soon">support</Queue></Dial>';
    const soon = '<Say>You are connected soon</Say><Pause length="2"/><Gather/>';
    const agent = await dials({ '/dials': queue, '/soon': soon });
    await advance(0);
    expect(told('/soon')).toMatchObject({
      QueueSid: expect.stringMatching(/^QU/),
      CallSid: caller.callSid,
      QueueTime: '4',
      DequeingCallSid: agent.callSid,
    });
    expect(heard(caller).slice(1)).toEqual(['Say You are connected soon', 'Pause 2 s']);
    await advance(2);
    expect(heard(caller).at(-1)).toBe('connects +15550122');
    expect(await application.alertsOf(caller)).toEqual([expect.stringMatching(/^12200 .*<Gather>/)]);
    await advance(3);
    await caller.hangUp();
    await advance(0);
    expect(told('/dialed')).toMatchObject({ DialCallDuration: '3', DialBridged: 'true' });
  });

  it('connects the caller although the TwiML of its url cannot be had, with an alert', async () => {
    const caller = await waits();
    await dials({ '/dials': '<Dial><Queue url="/none">support</Queue></Dial>' });
    await advance(0);
    expect(heard(caller).at(-1)).toBe('connects +15550122');
    expect(await application.alertsOf(caller)).toEqual([expect.stringContaining('11200')]);
    await caller.hangUp();
  });

  it('lets a program take the caller away, and goes on', async () => {
    const caller = await waits({ '/other': '<Pause length="4"/>' });
    await dials({ '/other': '<Pause length="4"/>' });
    await advance(3);
    await application.taskRouter.client.calls(caller.callSid).update({ url: `${server.url}/other` });
    await advance(0);
    expect(told('/left')).toMatchObject({
      QueueResult: 'redirected-from-bridged',
      CallStatus: 'in-progress',
    });
    expect(told('/dialed')).toMatchObject({ DialCallDuration: '3', DialBridged: 'true' });
    await advance(4);
  });

  it('leaves the caller with an error if it hangs up before', async () => {
    const caller = await waits();
    const queue = '<Dial><Queue url="/soon">support</Queue></Dial>';
    const agent = await dials({ '/dials': queue, '/soon': '<Pause length="9"/>' });
    await advance(1);
    await agent.hangUp();
    await advance(8);
    expect(told('/left')).toMatchObject({ CallSid: caller.callSid, QueueResult: 'error' });
  });

  it('is not connected if the caller hangs up before', async () => {
    const caller = await waits();
    const queue = '<Dial action="/dialed"><Queue url="/soon">support</Queue></Dial>';
    await dials({ '/dials': queue, '/soon': '<Pause length="9"/>' });
    await caller.hangUp();
    await advance(0);
    expect(told('/dialed')).toMatchObject({ DialCallStatus: 'no-answer', DialBridged: 'false' });
    expect(told('/left')).toMatchObject({ QueueResult: 'hangup' });
  });

  it('waits for a caller, in the order of dialing', async () => {
    const gone = await waits();
    await gone.hangUp();
    const first = await dials();
    const second = await dials();
    await advance(10);
    const caller = await waits();
    await advance(0);
    expect(heard(caller)).toContain('connects +15550122');
    await caller.hangUp();
    await advance(0);
    expect([first.status, heard(second)]).toEqual(['completed', ['Dial Queue support']]);
    await second.hangUp();
  });

  it('gives up after its timeout', async () => {
    await dials({ '/dials': '<Dial timeout="12" action="/dialed"><Queue>support</Queue></Dial>' });
    await advance(11);
    expect(told('/dialed')).toBeUndefined();
    await advance(1);
    expect(told('/dialed')).toMatchObject({ DialCallStatus: 'no-answer', DialBridged: 'false' });
  });

  it.each([
    ['of which there is none', 'unknown', []],
    ['without a name', '', [expect.stringContaining('14212')]],
    ['with a name that is too long', 'a'.repeat(65), [expect.stringContaining('14213')]],
  ])('fails for a queue %s', async (_, name, alerts) => {
    const call: Call = await dials({ '/dials': `<Dial action="/dialed"><Queue>${name}</Queue></Dial>` });
    expect(told('/dialed')).toMatchObject({ DialCallStatus: 'failed', DialBridged: 'false' });
    expect(await application.alertsOf(call)).toEqual(alerts);
  });
});
