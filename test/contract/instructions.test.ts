import type { RestException } from 'twilio';
import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ReservationContextUpdateOptions } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { CheckedHttpClient } from '../support/checked-client';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';

const callSid = `CA${'c'.repeat(32)}`;
const enqueued = { call_sid: callSid, from: '+15550111', to: '+15550100' };
const url = 'https://example.com/twiml';

const refusal = (promise: Promise<unknown>): Promise<RestException> =>
  promise.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );

describe('instructions by the official client', () => {
  const httpClient = new CheckedHttpClient();
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService({ httpClient, simulatedCalls: { after: 5 } });
  });
  afterAll(() => test.service.close());

  /** A task offered to Alice, and the two paths of its reservation. */
  async function offered({ attributes = enqueued as object, multiTaskEnabled = false } = {}) {
    const { workspace, alice } = await workspaceWithAlice(test.client, {}, multiTaskEnabled);
    await workspace.workers(alice.sid).update({ attributes: '{"contact_uri":"client:alice"}' });
    const task = await workspace.tasks.create({ attributes: JSON.stringify(attributes) });
    const [pending] = await workspace.tasks(task.sid).reservations.list();
    if (!pending) throw new Error('Alice was not offered the task');
    return {
      workspace,
      alice,
      task: workspace.tasks(task.sid),
      byTask: workspace.tasks(task.sid).reservations(pending.sid),
      byWorker: workspace.workers(alice.sid).reservations(pending.sid),
    };
  }

  const activitySid = async (workspace: WorkspaceContext, friendlyName: string) => {
    const [activity] = await workspace.activities.list({ friendlyName });
    return activity?.sid as string;
  };

  it.each(['byTask', 'byWorker'] as const)(
    'dequeue, on the path %s: pending, then accepted',
    async (path) => {
      const offer = await offered();
      const reservation = offer[path] as typeof offer.byTask;
      const updated = await reservation.update({
        instruction: 'dequeue',
        dequeueFrom: '+15550100',
        dequeueTo: 'client:alice',
        dequeueRecord: 'record-from-answer',
        dequeueTimeout: 30,
        dequeuePostWorkActivitySid: await activitySid(offer.workspace, 'Offline'),
        dequeueStatusCallbackUrl: 'https://example.com/status',
        dequeueStatusCallbackEvent: ['initiated', 'completed'],
      });
      expect(updated.reservationStatus).toBe('pending');
      const { attributes } = await offer.task.fetch();
      expect(JSON.parse(attributes)).toMatchObject({
        ...enqueued,
        worker_call_sid: expect.stringMatching(/^CA/),
      });
      await test.clock.advance(5000);
      expect((await reservation.fetch()).reservationStatus).toBe('accepted');
    },
  );

  it('call, with and without acceptance', async () => {
    const call = { instruction: 'call', callFrom: '+15550100', callUrl: url, callTimeout: 20 };
    const first = await offered();
    expect((await first.byWorker.update({ ...call, callAccept: true })).reservationStatus).toBe('accepted');
    const second = await offered();
    expect((await second.byTask.update({ ...call, callTo: '+15550199' })).reservationStatus).toBe('pending');
    await test.clock.advance(5000);
    expect((await second.byTask.update({ reservationStatus: 'accepted' })).reservationStatus).toBe(
      'accepted',
    );
  });

  it('redirect, with and without acceptance', async () => {
    const redirect = { instruction: 'redirect', redirectCallSid: callSid, redirectUrl: url };
    const first = await offered();
    expect((await first.byTask.update({ ...redirect, redirectAccept: true })).reservationStatus).toBe(
      'accepted',
    );
    const second = await offered();
    expect((await second.byWorker.update(redirect)).reservationStatus).toBe('pending');
  });

  it('conference, with every parameter: pending while on hold, then accepted', async () => {
    const { byTask } = await offered({ multiTaskEnabled: true });
    const everything: ReservationContextUpdateOptions = {
      instruction: 'conference',
      to: 'client:alice',
      from: '+15550100',
      timeout: 30,
      statusCallback: url,
      statusCallbackMethod: 'POST',
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      record: true,
      muted: false,
      beep: 'onEnter',
      beepOnCustomerEntrance: true,
      startConferenceOnEnter: true,
      endConferenceOnExit: true,
      endConferenceOnCustomerExit: true,
      earlyMedia: false,
      waitUrl: url,
      waitMethod: 'GET',
      sipAuthUsername: 'alice',
      sipAuthPassword: 'secret',
      jitterBufferSize: 'large',
      maxParticipants: 4,
      conferenceStatusCallback: url,
      conferenceStatusCallbackMethod: 'GET',
      conferenceStatusCallbackEvent: ['start', 'end', 'join', 'leave', 'mute', 'hold', 'speaker'],
      conferenceRecord: 'record-from-start',
      conferenceTrim: 'do-not-trim',
      recordingChannels: 'dual',
      recordingStatusCallback: url,
      recordingStatusCallbackMethod: 'POST',
      conferenceRecordingStatusCallback: url,
      conferenceRecordingStatusCallbackMethod: 'POST',
      region: 'ie1',
    };
    const held = await byTask.update(everything);
    expect(held.reservationStatus).toBe('pending');
    const known = `Reservation ${held.sid} not in expected state [pending] and cannot be updated to [onHold]`;
    const again = { status: 400, code: 20001, message: known };
    expect(await refusal(byTask.update({ instruction: 'conference' }))).toMatchObject(again);
    expect(await refusal(byTask.update({ reservationStatus: 'accepted' }))).toMatchObject(again);
    await test.clock.advance(5000);
    expect((await byTask.fetch()).reservationStatus).toBe('accepted');
    expect(await refusal(byTask.update({ instruction: 'conference' }))).toMatchObject({
      status: 400,
      code: 20001,
      message: `Unable to execute Conference instruction. Reservation ${held.sid} is not currently in a Pending state.`,
    });
  });

  it('supervise, on the path of the task alone: the reservation stays as it is', async () => {
    const { alice, byTask, byWorker } = await offered();
    const supervise = { instruction: 'supervise', supervisor: alice.sid, supervisorMode: 'barge' } as const;
    expect(await refusal(byTask.update(supervise))).toMatchObject({ status: 400, code: 40146 });
    const accepted = await byTask.update({ reservationStatus: 'accepted' });
    const supervised = await byTask.update(supervise);
    expect(supervised.toJSON()).toEqual(accepted.toJSON());
    expect(await refusal(byWorker.update(supervise as never))).toMatchObject({ status: 400, code: 20001 });
  });

  it('accept and reject, which are statuses', async () => {
    const first = await offered();
    expect((await first.byTask.update({ instruction: 'accept' })).reservationStatus).toBe('accepted');
    const second = await offered();
    const workerActivitySid = await activitySid(second.workspace, 'Offline');
    const rejected = await second.byWorker.update({ instruction: 'reject', workerActivitySid });
    expect(rejected.reservationStatus).toBe('rejected');
    expect((await second.workspace.workers(second.alice.sid).fetch()).activityName).toBe('Offline');
  });

  it.each<[string, object, number, string]>([
    ['a bad address', { instruction: 'dequeue', dequeueTo: 'Alice' }, 40131, 'DequeueTo'],
    ['a bad caller ID', { instruction: 'dequeue', dequeueFrom: '555-0100' }, 40132, 'DequeueFrom'],
    [
      'a bad activity',
      { instruction: 'dequeue', dequeuePostWorkActivitySid: 'Off' },
      40130,
      'PostWorkActivitySid',
    ],
    [
      'bad events',
      { instruction: 'dequeue', dequeueStatusCallbackEvent: ['over'] },
      40134,
      'StatusCallbackEvent',
    ],
    [
      'a bad URL',
      { instruction: 'dequeue', dequeueStatusCallbackUrl: 'x' },
      40157,
      'DequeueStatusCallbackUrl',
    ],
    ['too long a ring', { instruction: 'dequeue', dequeueTimeout: 1000 }, 20001, 'DequeueTimeout'],
    ['no caller ID', { instruction: 'call', callUrl: url }, 40111, 'CallFrom field is required'],
    ['no TwiML', { instruction: 'call', callFrom: '+15550100' }, 40112, 'CallUrl field is required'],
    [
      'no TwiML',
      { instruction: 'redirect', redirectCallSid: callSid },
      40120,
      'RedirectUrl field is required',
    ],
    ['no call', { instruction: 'redirect', redirectUrl: url }, 40121, 'RedirectCallSid field is required'],
    ['a bad caller ID', { instruction: 'conference', from: 'me' }, 40141, 'From'],
    ['a bad URL', { instruction: 'conference', statusCallback: 'x' }, 40159, 'StatusCallback'],
    ['nobody', { instruction: 'supervise' }, 20001, 'Supervisor field is required'],
    ['no such instruction', { instruction: 'hold' }, 20001, 'Instruction'],
  ])('refuses %s: %j', async (_, parameters, code, text) => {
    const { byTask } = await offered();
    const error = await refusal(byTask.update(parameters));
    expect(error).toMatchObject({ status: 400, code, message: expect.stringContaining(text) });
    expect((await byTask.fetch()).reservationStatus).toBe('pending');
  });

  it('refuses a conference for a task that Enqueue did not create, with the known text', async () => {
    const { byTask, byWorker } = await offered({ attributes: { selected_language: 'es' } });
    for (const reservation of [byTask, byWorker as unknown as typeof byTask])
      expect(
        await refusal(reservation.update({ instruction: 'conference', from: '+15550100' })),
      ).toMatchObject({
        status: 400,
        code: 20001,
        message:
          'The conference instruction can only be issued on a task that was created using the <Enqueue> TwiML verb.',
      });
  });

  it.each(['example.com/twiml', '/twiml', 'twiml', 'ftp://example.com/twiml'])(
    'refuses the CallUrl %s, with the known text',
    async (callUrl) => {
      const { byTask } = await offered();
      const call = byTask.update({ instruction: 'call', callFrom: '+15550100', callUrl });
      expect(await refusal(call)).toMatchObject({
        status: 400,
        code: 20001,
        message: expect.stringContaining('is not a valid CallUrl'),
      });
    },
  );

  // F6: documented, and sent by applications in production.
  it.each<[string, Record<string, string | string[]>]>([
    ['dequeue', { DequeueStatusCallbackEvent: 'initiated ringing answered completed' }],
    ['dequeue', { DequeueStatusCallbackEvents: 'initiated, ringing  completed' }],
    ['dequeue', { DequeueStatusCallbackEvent: ['initiated ringing', 'completed'] }],
    ['conference', { StatusCallbackEvent: 'initiated ringing answered completed' }],
    ['conference', { ConferenceStatusCallbackEvent: 'start end join leave mute hold speaker' }],
    ['conference', { ConferenceStatusCallbackEvent: ['start end', 'join,leave'] }],
  ])('accepts events separated by blanks: %s with %j', async (Instruction, events) => {
    const { byTask } = await offered();
    const { url: uri } = await byTask.fetch();
    const data = { Instruction, ...events };
    const { statusCode, body } = await test.client.request({ method: 'post', uri, data });
    expect([statusCode, body.message]).toEqual([200, undefined]);
  });

  // F8: applications in production send both.
  it.each<[string, ReservationContextUpdateOptions]>([
    ['the status that the instruction sets', { reservationStatus: 'accepted', instruction: 'dequeue' }],
    ['the status that the instruction sets', { reservationStatus: 'accepted', instruction: 'conference' }],
    ['the present status', { reservationStatus: 'pending', instruction: 'dequeue' }],
  ])('carries out the instruction and ignores %s: %j', async (_, parameters) => {
    const { byTask, byWorker } = await offered();
    expect((await byTask.update(parameters)).reservationStatus).toBe('pending');
    await test.clock.advance(5000);
    expect((await byWorker.fetch()).reservationStatus).toBe('accepted');
  });

  it('accepts and rejects with a status and an equivalent instruction', async () => {
    const first = await offered();
    const accepted = { reservationStatus: 'accepted', instruction: 'accept' } as const;
    expect((await first.byWorker.update(accepted)).reservationStatus).toBe('accepted');
    const second = await offered();
    const rejected = { reservationStatus: 'rejected', instruction: 'reject' } as const;
    expect((await second.byTask.update(rejected)).reservationStatus).toBe('rejected');
  });

  it.each<[ReservationContextUpdateOptions]>([
    [{ reservationStatus: 'rejected', instruction: 'dequeue' }],
    [{ reservationStatus: 'completed', instruction: 'accept' }],
    [{ reservationStatus: 'accepted', instruction: 'reject' }],
  ])('refuses a status and an instruction that contradict each other: %j', async (parameters) => {
    const { byTask } = await offered();
    expect(await refusal(byTask.update(parameters))).toMatchObject({ status: 400, code: 20001 });
    expect((await byTask.fetch()).reservationStatus).toBe('pending');
  });

  it('refuses an instruction for another version of the reservation', async () => {
    const { byTask } = await offered();
    expect(await refusal(byTask.update({ instruction: 'dequeue', ifMatch: '7' }))).toMatchObject({
      code: 20412,
    });
  });

  it("accepts the worker SDK's plural for the events of dequeue", async () => {
    const { byTask } = await offered();
    const { url: uri } = await byTask.fetch();
    const post = (events: string) =>
      test.client.request({
        method: 'post',
        uri,
        data: { Instruction: 'dequeue', DequeueStatusCallbackEvents: events },
      });
    expect((await post('nothing')).body).toMatchObject({ code: 40134 });
    expect((await post('initiated,completed')).statusCode).toBe(200);
  });

  const withDocument = process.env.TWILIO_OPENAPI ? it : it.skip;
  withDocument("matches Twilio's OpenAPI in every response (needs TWILIO_OPENAPI)", () => {
    expect(httpClient.compared).toEqual(httpClient.succeeded);
    expect([...httpClient.compared]).toEqual(
      expect.arrayContaining(['UpdateTaskReservation', 'UpdateWorkerReservation']),
    );
  });
});
