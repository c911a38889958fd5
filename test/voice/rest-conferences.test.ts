import { SimulatedApplication } from '../support/simulated-application';

const application = new SimulatedApplication();
const { server } = application;

beforeAll(() => application.start());
afterAll(() => application.close());
afterEach(() => expect(server.forged).toEqual([]));

const client = () => application.taskRouter.client;
const advance = (seconds: number) => application.taskRouter.advance(seconds);
let room = '';
let rooms = 0;
beforeEach(() => {
  room = `Room ${++rooms}`;
});

/** Two callers in the conference. */
async function conference(attributes = '') {
  const documents = {
    '/incoming-call': `<Dial><Conference ${attributes}>${room}</Conference></Dial><Say>Later</Say>`,
    '/music': '<Say>One moment</Say>',
    '/status': '',
  };
  const first = await application.calling(documents);
  const second = await application.taskRouter.call({ from: '+15550112' });
  const [found] = await client().conferences.list({ friendlyName: room });
  return { first, second, sid: String(found?.sid), remote: client().conferences(String(found?.sid)) };
}
const last = ({ transcript }: { transcript: readonly { who: string; verb: string; text: string }[] }) =>
  transcript
    .filter(({ verb }) => verb !== 'requests')
    .map(({ who, verb, text }) => `${who} ${verb} ${text}`.trim())
    .at(-1);

describe('a conference', () => {
  it('is listed and fetched, also when it has ended', async () => {
    const { first, second, sid, remote } = await conference();
    expect(await remote.fetch()).toMatchObject({
      sid,
      accountSid: application.taskRouter.accountSid,
      friendlyName: room,
      status: 'in-progress',
      reasonConferenceEnded: null,
      callSidEndingConference: null,
      uri: expect.stringMatching(/^\/2010-04-01\/Accounts\/AC\w+\/Conferences\/CF\w+\.json$/),
    });
    const inProgress = () => client().conferences.list({ status: 'in-progress', friendlyName: room });
    expect(await inProgress()).toHaveLength(1);
    await first.hangUp();
    await second.hangUp();
    expect(await inProgress()).toEqual([]);
    expect(await remote.fetch()).toMatchObject({
      status: 'completed',
      reasonConferenceEnded: 'last-participant-left',
      callSidEndingConference: second.callSid,
    });
    const today = application.taskRouter.now();
    expect(await client().conferences.list({ dateCreated: today, friendlyName: room })).toHaveLength(1);
    const tomorrow = new Date(today.getTime() + 86_400_000);
    expect(await client().conferences.list({ dateCreated: tomorrow })).toEqual([]);
  });

  it('is ended by a program, and its calls go on with their TwiML', async () => {
    const { first, remote } = await conference('statusCallback="/status" statusCallbackEvent="leave end"');
    await remote.update({ status: 'completed' });
    await advance(0);
    expect([first.status, last(first)]).toEqual(['completed', 'twilio Say Later']);
    expect(application.told('/status')).toMatchObject({
      StatusCallbackEvent: 'conference-end',
      ReasonConferenceEnded: 'conference-ended-via-api',
    });
    expect(application.told('/status')).not.toHaveProperty('CallSidEndingConference');
    expect(server.requests.find(({ path }) => path === '/status')?.parameters).toMatchObject({
      ReasonParticipantLeft: 'conference_ended_via_api',
    });
  });

  it('is not found by a SID that there is not', async () => {
    const missing = client().conferences(`CF${'0'.repeat(32)}`);
    await expect(missing.fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    await expect(missing.participants.list()).rejects.toMatchObject({ status: 404 });
  });
});

describe('a participant', () => {
  it('is listed, and fetched by call or label', async () => {
    const { first, second, sid, remote } = await conference('participantLabel=""');
    const participants = await remote.participants.list();
    expect(participants.map(({ callSid }) => callSid)).toEqual([first.callSid, second.callSid]);
    expect(participants[0]).toMatchObject({
      conferenceSid: sid,
      muted: false,
      hold: false,
      coaching: false,
      startConferenceOnEnter: true,
      endConferenceOnExit: false,
      status: 'connected',
      label: null,
    });
    expect(await remote.participants(second.callSid).fetch()).toMatchObject({ callSid: second.callSid });
    await first.hangUp();
    await expect(remote.participants(first.callSid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('is put on hold with music, and off hold', async () => {
    const { first, remote } = await conference();
    const participant = remote.participants(first.callSid);
    expect(await participant.update({ hold: true, holdUrl: `${server.url}/music` })).toMatchObject({
      hold: true,
    });
    await advance(0);
    expect(last(first)).toBe('twilio Say One moment');
    expect(server.requests.find(({ path }) => path === '/music')?.method).toBe('GET');
    expect(await remote.participants.list({ hold: true })).toHaveLength(1);
    expect(await participant.update({ hold: false })).toMatchObject({ hold: false });
    expect(last(first)).toBe('+15550111 is off hold');
  });

  it('is muted, coaches, and ends the conference when leaving', async () => {
    const { first, second, remote } = await conference();
    const participant = remote.participants(first.callSid);
    const update = { muted: true, endConferenceOnExit: true, coaching: true, callSidToCoach: second.callSid };
    expect(await participant.update(update)).toMatchObject(update);
    expect(await participant.update({ muted: false, coaching: false })).toMatchObject({
      muted: false,
      coaching: false,
      callSidToCoach: null,
    });
    await expect(participant.update({ coaching: true })).rejects.toMatchObject({ status: 400, code: 13240 });
    await first.hangUp();
    await advance(0);
    expect(second.status).toBe('completed');
  });

  it('is removed, and its call goes on with its TwiML', async () => {
    const { first, second, remote } = await conference();
    expect(await remote.participants(first.callSid).remove()).toBe(true);
    await advance(0);
    expect([first.status, last(first)]).toEqual(['completed', 'twilio Say Later']);
    expect([second.status, last(second)]).toEqual(['in-progress', '+15550111 leaves']);
  });

  it('is called into a conference by its SID or its name', async () => {
    const { remote, second } = await conference();
    const wanted = { from: '+15550100', to: '+15550177', label: 'expert', endConferenceOnExit: true };
    expect(await remote.participants.create(wanted)).toMatchObject({ status: 'queued', label: 'expert' });
    await advance(0);
    expect(await remote.participants('expert').fetch()).toMatchObject({ status: 'connected' });
    expect(last(second)).toBe('+15550177 joins');
    await expect(remote.participants.create(wanted)).rejects.toMatchObject({ status: 400, code: 16025 });
    const named = client().conferences(`Other ${room}`).participants;
    const status = {
      conferenceStatusCallback: `${server.url}/status`,
      conferenceStatusCallbackEvent: ['join'],
    };
    await named.create({ from: '+15550100', to: '+15550178', ...status });
    await advance(0);
    expect(application.told('/status')).toMatchObject({ StatusCallbackEvent: 'participant-join' });
  });

  it('ends the conference that it opened if nobody answers', async () => {
    const remote = client().taskrouter.v1.workspaces(application.taskRouter.workspaceSid);
    const phone = { contact_uri: '+15550179', simulated_call: { outcome: 'busy' } };
    await remote.workers.create({ friendlyName: 'Busy', attributes: JSON.stringify(phone) });
    await client().conferences(room).participants.create({ from: '+15550100', to: '+15550179' });
    await advance(0);
    expect(await client().conferences.list({ friendlyName: room })).toMatchObject([{ status: 'completed' }]);
  });

  it.each([
    ['a number', { from: '+15550100', to: '' }, 400],
    ['a sound', { from: '+15550100', to: '+15550177', amdStatusCallback: 'https://example.com/' }, 501],
  ])('cannot be called without what is needed: %s', async (_, wanted, status) => {
    const { remote } = await conference();
    await expect(remote.participants.create(wanted)).rejects.toMatchObject({ status });
  });
});
