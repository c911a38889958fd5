import { startTaskRouter } from '../../src/testkit';
import type { TestTaskRouter } from '../../src/testkit/contract';
import { type Serve, TwimlServer } from '../support/twiml-server';

const authToken = 'f'.repeat(32);
const server = new TwimlServer(authToken, () => undefined);
let taskRouter: TestTaskRouter;

const calls: Call[] = [];

beforeAll(async () => {
  await server.listen();
  taskRouter = await startTaskRouter({ authToken, functionsUrl: server.url });
});
afterAll(async () => {
  await taskRouter.close();
  await server.close();
});
afterEach(async () => {
  for (const call of calls.splice(0)) if (call.status === 'in-progress') await call.hangUp();
  expect(server.forged).toEqual([]);
});

/** From now on, the application responds with one text of TwiML to each path. */
const serving = (documents: Readonly<Record<string, string>>) => {
  const serve: Serve = ({ path }) => documents[path];
  server.will(serve);
};

/** A call with the TwiML at this path. */
async function calling(path: string, from = '+15550111'): Promise<Call> {
  const call = await taskRouter.call({ from, url: `${server.url}${path}` });
  calls.push(call);
  return call;
}
type Call = Awaited<ReturnType<TestTaskRouter['call']>>;

const heard = ({ transcript }: Call) =>
  transcript
    .filter(({ verb }) => verb !== 'requests' && verb !== 'calls')
    .map(({ who, verb, text }) => `${who} ${verb} ${text}`.trim());

const requestTo = (path: string) => server.requests.find((request) => request.path === path);

async function alertsOf({ callSid }: Call): Promise<number[]> {
  const credentials = Buffer.from(`${taskRouter.accountSid}:${authToken}`).toString('base64');
  const headers = { authorization: `Basic ${credentials}` };
  const response = await fetch(`${taskRouter.url}/_taskrouter/alerts?source=call`, { headers });
  const { alerts } = (await response.json()) as { alerts: { code: number; resource_sid: string }[] };
  return alerts.filter((alert) => alert.resource_sid === callSid).map(({ code }) => code);
}

const room = (attributes = '', dial = '') =>
  `<Dial ${dial}><Conference ${attributes}>Room</Conference></Dial>`;

describe('a call that dials a conference', () => {
  it('waits until a second one joins, and both are connected', async () => {
    serving({ '/join': room() });
    const first = await calling('/join');
    expect(heard(first)).toEqual(['twilio Dial Conference: Room']);
    const second = await calling('/join', '+15550112');
    expect(heard(first).slice(1)).toEqual(['+15550112 joins', 'twilio starts Conference: Room']);
    expect(heard(second)).toEqual(['twilio Dial Conference: Room', 'twilio starts Conference: Room']);
    await second.hangUp();
    expect([first.status, heard(first).at(-1)]).toEqual(['in-progress', '+15550112 leaves']);
  });

  it('hears the document at waitUrl until the conference starts', async () => {
    serving({
      '/join': room('waitUrl="/music" waitMethod="GET"'),
      '/music': '<Say>One moment</Say><Pause length="20"/><Redirect/>',
    });
    const first = await calling('/join');
    await taskRouter.advance(50);
    expect(requestTo('/music')).toMatchObject({ method: 'GET', parameters: { CallSid: first.callSid } });
    expect(heard(first).filter((line) => line === 'twilio Say One moment')).toHaveLength(3);
    await calling('/join');
    await taskRouter.advance(50);
    expect(heard(first).at(-1)).toBe('twilio starts Conference: Room');
  });

  it('hears a document again that takes no time and redirects to itself, every 30 seconds', async () => {
    serving({ '/join': room('waitUrl="/music"'), '/music': '<Play>/a.mp3</Play><Redirect/>' });
    const call = await calling('/join');
    await taskRouter.advance(60);
    const plays = heard(call).filter((line) => line === 'twilio Play /a.mp3');
    expect([call.status, plays]).toEqual(['in-progress', Array(3).fill('twilio Play /a.mp3')]);
  });

  it('goes on with its next verb if there is no TwiML at waitUrl', async () => {
    serving({ '/join': `${room('waitUrl="/missing"')}<Say>Later</Say>` });
    const call = await calling('/join');
    expect([await alertsOf(call), heard(call).at(-1)]).toEqual([[11200], 'twilio Say Later']);
  });

  it('waits for somebody who may start the conference', async () => {
    serving({ '/join': room('startConferenceOnEnter="false"'), '/start': room() });
    const first = await calling('/join');
    await calling('/join', '+15550112');
    expect(heard(first).at(-1)).toBe('+15550112 joins');
    await calling('/start', '+15550113');
    expect(heard(first).at(-1)).toBe('twilio starts Conference: Room');
  });

  it('goes on with the action when somebody with endConferenceOnExit hangs up', async () => {
    serving({
      '/join': room('', 'action="/after"'),
      '/moderate': room('endConferenceOnExit="true"'),
      '/after': '<Say>Thank you</Say>',
    });
    const first = await calling('/join');
    const moderator = await calling('/moderate');
    await taskRouter.advance(30);
    await moderator.hangUp();
    await taskRouter.advance(0);
    expect([first.status, heard(first).slice(-2)]).toEqual([
      'completed',
      ['twilio ends Conference: Room', 'twilio Say Thank you'],
    ]);
    const { parameters } = requestTo('/after') ?? {};
    expect(parameters).toMatchObject({ DialCallStatus: 'answered', CallSid: first.callSid });
    expect(Object.keys(parameters ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/DialCallSid|DialCallDuration/)]),
    );
  });

  it('leaves by the star key with hangupOnStar, and goes on', async () => {
    serving({ '/join': `${room('', 'hangupOnStar="true"')}<Say>Later</Say>`, '/other': room() });
    const first = await calling('/join');
    const second = await calling('/other');
    await first.press('1*');
    expect(heard(first).slice(-2)).toEqual(['caller presses *', 'twilio Say Later']);
    expect([second.status, heard(second).at(-1)]).toEqual(['in-progress', '+15550111 leaves']);
    await second.press('*');
    expect(second.status).toBe('in-progress');
  });

  it('leaves when the timeLimit of its Dial is over', async () => {
    serving({ '/join': `${room('', 'timeLimit="60"')}<Say>Later</Say>`, '/other': room() });
    const first = await calling('/join');
    await calling('/other');
    await taskRouter.advance(59);
    expect(first.status).toBe('in-progress');
    await taskRouter.advance(1);
    expect([first.status, heard(first).at(-1)]).toEqual(['completed', 'twilio Say Later']);
  });

  it('may use a name again after everybody has left', async () => {
    serving({ '/join': room('maxParticipants="1"'), '/again': room() });
    await (await calling('/join')).hangUp();
    await calling('/again');
    const second = await calling('/again');
    expect(heard(second)).toContain('twilio starts Conference: Room');
  });
});

describe('a call that cannot join', () => {
  it('fails its Dial if the conference is full', async () => {
    serving({ '/join': room('maxParticipants="1"', 'action="/after"'), '/after': '<Hangup/>' });
    await calling('/join');
    const second = await calling('/join');
    expect(await alertsOf(second)).toEqual([16020]);
    expect(requestTo('/after')?.parameters).toMatchObject({ DialCallStatus: 'failed' });
  });

  it('fails its Dial if nobody is there to be coached', async () => {
    serving({
      '/join': room(`coach="CA${'0'.repeat(32)}"`, 'action="/after"'),
      '/after': '<Hangup/>',
    });
    expect(await alertsOf(await calling('/join'))).toEqual([13240]);
    expect(requestTo('/after')?.parameters).toMatchObject({ DialCallStatus: 'failed' });
  });

  it('goes on with its next verb if its label is in use', async () => {
    serving({ '/join': `${room('participantLabel="customer"')}<Say>Busy</Say>` });
    await calling('/join');
    const second = await calling('/join');
    expect([await alertsOf(second), heard(second)]).toEqual([[16025], ['twilio Say Busy']]);
  });
});

describe('the status callbacks of a conference', () => {
  const all = 'start end join leave mute hold modify speaker announcement';
  const sent = () => server.requests.filter(({ path }) => path === '/status');
  const told = () =>
    sent().map(({ parameters: { SequenceNumber, StatusCallbackEvent, CallSid = '' } }) =>
      [SequenceNumber, StatusCallbackEvent, CallSid].join(' ').trim(),
    );
  /** The first to join decides whom to tell what. */
  const documents = (events: string, more = '') => ({
    '/first': room(`statusCallback="/status" statusCallbackEvent="${events}" ${more}`),
    '/join': room('statusCallback="/other" statusCallbackEvent="join"'),
    '/status': '',
  });

  it('are sent in order, with the documented parameters', async () => {
    serving(documents(all, 'endConferenceOnExit="true" participantLabel="moderator"'));
    const first = await calling('/first');
    const second = await calling('/join', '+15550112');
    await first.hangUp();
    await taskRouter.advance(0);
    expect(told()).toEqual([
      `1 participant-join ${first.callSid}`,
      `2 participant-join ${second.callSid}`,
      '3 conference-start',
      `4 participant-leave ${first.callSid}`,
      `5 participant-leave ${second.callSid}`,
      '6 conference-end',
    ]);
    const [join, , start, leave, ended, end] = sent().map(({ method, parameters }) => ({
      method,
      ...parameters,
    }));
    const common = {
      method: 'POST',
      AccountSid: taskRouter.accountSid,
      ConferenceSid: expect.stringMatching(/^CF/),
      FriendlyName: 'Room',
      Timestamp: taskRouter.now().toUTCString().replace('GMT', '+0000'),
      SequenceNumber: expect.any(String),
      StatusCallbackEvent: expect.any(String),
    };
    const participant = {
      CallSid: expect.any(String),
      Muted: 'false',
      Hold: 'false',
      Coaching: 'false',
      StartConferenceOnEnter: 'true',
    };
    const moderator = { ...participant, EndConferenceOnExit: 'true', ParticipantLabel: 'moderator' };
    expect(join).toEqual({ ...common, ...moderator });
    expect(start).toEqual(common);
    const hungUp = { ParticipantCallStatus: 'completed', ReasonParticipantLeft: 'participant_hung_up' };
    expect(leave).toEqual({ ...common, ...moderator, ...hungUp });
    expect(ended).toEqual({
      ...common,
      ...participant,
      EndConferenceOnExit: 'false',
      ParticipantCallStatus: 'in-progress',
      ReasonParticipantLeft: 'moderator_ended_conference',
    });
    expect(end).toEqual({
      ...common,
      CallSidEndingConference: first.callSid,
      ParticipantLabelEndingConference: 'moderator',
      ReasonConferenceEnded: 'participant-with-end-conference-on-exit-left',
      Reason: 'A participant with endConferenceOnExit left',
    });
  });

  it('count only what is asked for, by GET if the verb says so', async () => {
    serving(documents('start end', 'statusCallbackMethod="GET"'));
    const first = await calling('/first');
    const second = await calling('/join');
    await first.hangUp();
    await second.hangUp();
    expect(told()).toEqual(['1 conference-start', '2 conference-end']);
    expect(sent().at(-1)).toMatchObject({
      method: 'GET',
      parameters: { ReasonConferenceEnded: 'last-participant-left', CallSidEndingConference: second.callSid },
    });
  });

  it('are not sent without events', async () => {
    serving(documents(''));
    await calling('/first');
    await calling('/join');
    expect(sent()).toEqual([]);
  });

  it('are not sent to a URL that is none, with an alert', async () => {
    serving({ '/join': room('statusCallback="http://" statusCallbackEvent="join"') });
    const call = await calling('/join');
    expect([call.status, await alertsOf(call)]).toEqual(['in-progress', [11100]]);
  });

  it('do not stop the conference when one fails', async () => {
    serving({ '/join': room('statusCallback="/missing" statusCallbackEvent="join"') });
    const call = await calling('/join');
    expect([call.status, await alertsOf(call)]).toEqual(['in-progress', [16011]]);
  });
});
