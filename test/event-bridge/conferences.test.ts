import { type Reservation, Supervisor, type Worker } from 'twilio-taskrouter';
import { testAccount } from '../support/start-test-taskrouter';
import { type Serve, TwimlServer } from '../support/twiml-server';
import { connect, next } from '../support/worker-sdk';
import { accepted, agentsForEach, all } from './agents';

const agents = agentsForEach({ multiTaskEnabled: true });
const server = new TwimlServer(testAccount.authToken, () => undefined);
beforeAll(() => server.listen());
afterAll(() => server.close());

let workflowSid: string;
beforeEach(async () => {
  workflowSid = (await agents.workspace.workflows.list())[0]?.sid as string;
  const documents: Record<string, string> = {
    '/incoming-call': `<Enqueue workflowSid="${workflowSid}"/>`,
    '/music': '<Say>One moment</Say>',
    '/status': '',
  };
  const serve: Serve = ({ path }) => documents[path];
  server.will(serve);
});
afterEach(() => expect(server.forged).toEqual([]));

/** The call to or from this number, as it is now. */
function callOf(address: string) {
  const calls = agents.service.phone.calls.list();
  const call = calls.find(({ from, to }) => [from, to].includes(address));
  if (!call) throw new Error(`There is no call to or from ${address}`);
  return call;
}
const heard = (address: string) =>
  callOf(address)
    .transcript.filter(({ verb }) => verb !== 'requests' && verb !== 'calls')
    .map(({ who, verb, text }) => `${who} ${verb} ${text}`.trim());
const told = () =>
  server.requests
    .filter(({ path }) => path === '/status')
    .map(({ parameters: { StatusCallbackEvent, Muted, Hold } }) =>
      Muted === undefined ? StatusCallbackEvent : `${StatusCallbackEvent} muted=${Muted} hold=${Hold}`,
    );

/** Accepts an offer by a conference with a phone. */
async function join(reservation: Reservation, to: string, options: object = {}): Promise<void> {
  await all([
    next(reservation, 'accepted'),
    reservation.conference({ to, from: '+15550100', ...options } as never),
  ]);
  await agents.service.idle();
}

/** A caller and Alice are in the conference of a task. */
async function conference() {
  const alice = await agents.alice();
  const offer = next(alice, 'reservationCreated') as Promise<Reservation>;
  await agents.service.phone.call({ from: '+15550111', to: '+15550100', url: `${server.url}/incoming-call` });
  const reservation = await offer;
  await join(reservation, 'client:alice', {
    conferenceStatusCallback: `${server.url}/status`,
    conferenceStatusCallbackEvent: 'mute hold leave end',
  });
  return { alice, reservation };
}

/** Alice transfers the task to Bob. */
async function transferring(mode: 'WARM' | 'COLD') {
  const { reservation } = await conference();
  const bobSid = await agents.addWorker('Bob');
  const bob: Worker = await connect(agents, agents.token(bobSid));
  const offer = next(bob, 'reservationCreated') as Promise<Reservation>;
  await reservation.task.transfer(bobSid, { mode });
  const bobReservation = await offer;
  await agents.service.idle();
  return { reservation, bobSid, bobReservation };
}

/** Bob joins the conference, too. */
async function transferred() {
  const scene = await transferring('WARM');
  await join(scene.bobReservation, 'client:bob');
  return scene;
}

it('puts the customer on hold with music, and takes the customer off hold', async () => {
  const { reservation } = await conference();
  await reservation.task.updateParticipant({
    hold: true,
    holdUrl: `${server.url}/music`,
    holdMethod: 'POST',
  } as never);
  await agents.service.idle();
  expect(heard('+15550111').slice(-2)).toEqual(['+15550111 is on hold', 'twilio Say One moment']);
  expect(server.requests.find(({ path }) => path === '/music')).toMatchObject({ method: 'POST' });
  const task = await reservation.task.updateParticipant({ hold: false } as never);
  await agents.service.idle();
  expect(task.sid).toBe(reservation.task.sid);
  expect(heard('+15550111').at(-1)).toBe('+15550111 is off hold');
  expect(told()).toEqual([
    'participant-hold muted=false hold=true',
    'participant-unhold muted=false hold=false',
  ]);
});

it('changes the own part: muted, and the conference ends with it', async () => {
  const { reservation } = await conference();
  await reservation.updateParticipant({ mute: true, endConferenceOnExit: true, beepOnExit: false });
  await reservation.updateParticipant({ mute: true });
  await agents.service.idle();
  expect(told()).toEqual(['participant-mute muted=true hold=false']);
  expect(heard('+15550111').slice(-2)).toEqual(['Alice is muted', 'Alice is changed']);
  const wrapUp = next(reservation, 'wrapup');
  await callOf('client:alice').report({ kind: 'ended' });
  await wrapUp;
  await agents.service.idle();
  expect(callOf('+15550111').status).toBe('completed');
  expect(told().at(-1)).toBe('conference-end');
});

it('has the worker to whom the task is transferred in the same conference', async () => {
  const { reservation, bobReservation } = await transferred();
  expect(heard('+15550111').at(-1)).toBe('Bob joins');
  const { conference } = (await agents.workspace
    .tasks(reservation.task.sid)
    .fetch()
    .then((task) => JSON.parse(task.attributes))) as { conference: { participants: object } };
  expect(conference.participants).toEqual({
    worker: callOf('client:bob').sid,
    customer: callOf('+15550111').sid,
  });
  const wrapUp = next(reservation, 'wrapup');
  await callOf('client:alice').report({ kind: 'ended' });
  await wrapUp;
  expect([reservation.status, bobReservation.status]).toEqual(['wrapping', 'accepted']);
  expect(bobReservation.task.status).toBe('assigned');
});

it('has the customer on hold from the beginning of a transfer until a worker says otherwise', async () => {
  const { bobReservation } = await transferred();
  expect(told()).toEqual(['participant-hold muted=false hold=true']);
  await bobReservation.task.updateParticipant({ hold: false } as never);
  await agents.service.idle();
  expect(told().at(-1)).toBe('participant-unhold muted=false hold=false');
});

it('takes the first worker out of the conference at a cold transfer, whose customer waits for the other', async () => {
  const { reservation, bobReservation } = await transferring('COLD');
  expect([reservation.status, callOf('client:alice').status]).toEqual(['wrapping', 'completed']);
  expect(callOf('+15550111').status).toBe('in-progress');
  await join(bobReservation, 'client:bob', { endConferenceOnExit: true });
  expect(heard('+15550111').slice(-2)).toEqual(['Alice leaves', 'Bob joins']);
  const wrapUp = next(bobReservation, 'wrapup');
  await callOf('client:bob').report({ kind: 'ended' });
  await wrapUp;
  await agents.service.idle();
  expect([callOf('+15550111').status, told().at(-1)]).toEqual(['completed', 'conference-end']);
});

it('takes the offer back when the customer hangs up during a cold transfer', async () => {
  const { bobReservation } = await transferring('COLD');
  const canceled = next(bobReservation, 'canceled');
  await callOf('+15550111').report({ kind: 'ended' });
  await canceled;
  await agents.service.idle();
  expect(told().slice(-2)).toEqual(['participant-leave muted=false hold=true', 'conference-end']);
  expect(await agents.workspace.tasks(bobReservation.task.sid).fetch()).toMatchObject({
    assignmentStatus: 'canceled',
    reason: 'hangup',
  });
});

it('names the conference in the task of an accepted reservation', async () => {
  const alice = await agents.alice();
  const offer = next(alice, 'reservationCreated') as Promise<Reservation>;
  await agents.service.phone.call({ from: '+15550111', to: '+15550100', url: `${server.url}/incoming-call` });
  const reservation = await offer;
  const accepted = next(reservation, 'accepted') as Promise<Reservation>;
  await reservation.conference({ to: 'client:alice', from: '+15550100' } as never);
  expect((await accepted).task.attributes).toMatchObject({
    conference: { sid: expect.stringMatching(/^CF/), participants: { customer: callOf('+15550111').sid } },
  });
});

it('tells only the URL that the first worker named', async () => {
  const { reservation, bobReservation } = await transferring('WARM');
  const other = {
    conferenceStatusCallback: `${server.url}/other`,
    conferenceStatusCallbackEvent: 'join leave',
  };
  await join(bobReservation, 'client:bob', other);
  await reservation.task.kick(agents.aliceSid);
  await agents.service.idle();
  expect(server.paths).not.toContain('/other');
  expect(told().at(-1)).toContain('participant-leave');
});

it('puts another worker on hold, and takes that worker out of the conference', async () => {
  const { reservation, bobSid, bobReservation } = await transferred();
  await reservation.task.hold(bobSid, true, { holdUrl: `${server.url}/music` } as never);
  await agents.service.idle();
  expect(heard('client:bob').slice(-2)).toEqual(['Bob is on hold', 'twilio Say One moment']);
  expect(server.requests.find(({ path }) => path === '/music')).toMatchObject({ method: 'GET' });
  await reservation.task.hold(bobSid, false, {} as never);
  const wrapUp = next(bobReservation, 'wrapup');
  await reservation.task.kick(bobSid);
  await wrapUp;
  await agents.service.idle();
  expect(callOf('client:bob').status).toBe('completed');
  expect(callOf('client:alice').status).toBe('in-progress');
  expect(reservation.task.status).toBe('assigned');
  expect(told().at(-1)).toBe('participant-leave muted=false hold=false');
});

it('lets a supervisor monitor, whom nobody hears', async () => {
  const { reservation } = await conference();
  const bossSid = await agents.addWorker('Boss');
  await agents.workspace.workers(bossSid).update({ attributes: '{"contact_uri":"client:boss"}' });
  const token = agents.token(bossSid, 'supervisor');
  const boss: Supervisor = await connect(agents, token, {}, Supervisor as never);
  await boss.monitor(reservation.task.sid, reservation.sid, {});
  await agents.service.idle();
  expect(callOf('client:boss')).toMatchObject({ status: 'in-progress', workerSid: bossSid });
  expect(heard('+15550111').at(-1)).toBe('Boss joins');
  await callOf('client:boss').report({ kind: 'ended' });
  await agents.service.idle();
  expect(told()).toEqual(['participant-leave muted=true hold=false']);
});

describe('without a conference', () => {
  it.each([
    ['hold', (one: Reservation, sid: string) => one.task.hold(sid, true, {} as never)],
    ['kick', (one: Reservation, sid: string) => one.task.kick(sid)],
    ['update the customer', (one: Reservation) => one.task.updateParticipant({ hold: true } as never)],
    ['update itself', (one: Reservation) => one.updateParticipant({ mute: true } as never)],
  ])('cannot %s', async (_name, act) => {
    const reservation = await accepted(agents, await agents.alice());
    await expect(act(reservation, agents.aliceSid)).rejects.toThrow(/400.*has no conference in progress/);
  });
});

it('cannot change who is not in the conference, or whose task it is not', async () => {
  const { reservation } = await conference();
  const bobSid = await agents.addWorker('Bob');
  await expect(reservation.task.kick(bobSid)).rejects.toThrow(/400.*is not in the conference/);
  const bob: Worker = await connect(agents, agents.token(bobSid));
  const offer = next(bob, 'reservationCreated') as Promise<Reservation>;
  await reservation.task.transfer(bobSid, {});
  const pending = await offer;
  await expect(pending.task.updateParticipant({ hold: true } as never)).rejects.toThrow(/400.*TaskSid/);
});
