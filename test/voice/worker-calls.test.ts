import path from 'node:path';
import { startTaskRouter } from '../../src/testkit';
import type { SimulatedCall } from '../../src/testkit/contract';
import { CallScenes, heard } from '../support/call-scenes';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';

const scenes = new CallScenes().register();
const { server } = scenes;
const scene: CallScenes['scene'] = (...given) => scenes.scene(...given);
const file = path.join(temporaryFolder(), 'snapshot.json');
afterAll(removeFolders);

describe('the instruction dequeue', () => {
  const dequeue = () => ({ instruction: 'dequeue', post_work_activity_sid: '' });

  it('ends the ringing when the caller hangs up, and cancels the task', async () => {
    const { call, now, told } = await scene({ after: 10 }, dequeue);
    await scenes.taskRouter.advance(5);
    await call.hangUp();
    await scenes.taskRouter.advance(20);
    expect(await now()).toEqual(['canceled', 'canceled', 'Idle']);
    expect(told()).toMatchObject({ QueueResult: 'hangup', QueueTime: '5' });
  });

  it('ends the call to the worker when the connected caller hangs up', async () => {
    const { call, now, told, heard } = await scene({ after: 2 }, dequeue);
    await scenes.taskRouter.advance(10);
    expect(await now()).toEqual(['assigned', 'accepted', 'Busy']);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect(await now()).toEqual(['assigned', 'accepted', 'WrapUp']);
    expect(told()).toMatchObject({ QueueResult: 'bridged', QueueTime: '2', CallStatus: 'completed' });
    expect(heard().slice(-3)).toEqual(['Alice answers', 'twilio connects Alice', 'caller hangs up']);
  });

  it.each(['busy', 'refused', 'no-answer', 'failed'])(
    'leaves the caller in the queue if the worker’s phone is %s, and the reservation pending',
    async (outcome) => {
      const { call, now, heard } = await scene({ outcome, after: 3 }, dequeue);
      await scenes.taskRouter.advance(5);
      expect(await now()).toEqual(['reserved', 'pending', 'Reserved']);
      expect([call.status, heard().at(-1)]).toEqual(['in-progress', 'Alice does not answer']);
      await scenes.taskRouter.advance(1200);
      expect((await now()).slice(0, 2)).toEqual(['pending', 'timeout']);
      expect(call.status).toBe('in-progress');
    },
  );

  it('connects a second caller only when the worker is free again', async () => {
    const { calling, now, remote } = await scene({ talk: 30 }, dequeue);
    const second = await calling();
    await scenes.taskRouter.advance(30);
    expect(heard(second)).toEqual([`twilio Enqueue Task ${second.taskSid}`]);
    await remote
      .workers(scenes.taskRouter.workers.Alice as string)
      .update({ activitySid: scenes.taskRouter.activities.Idle as string });
    await scenes.taskRouter.advance(0);
    expect(await now(second.taskSid)).toEqual(['assigned', 'accepted', 'Busy']);
    expect(heard(second)).toContain('twilio connects Alice');
  });
});

describe('a worker who rejects', () => {
  it('stops the ringing, and the caller waits for another worker', async () => {
    const { call, heard, now, others, remote } = await scene({ after: 10 }, () => ({
      instruction: 'dequeue',
      status_callback_url: `${server.url}/status`,
    }));
    const reservations = remote.tasks(String(call.taskSid)).reservations;
    const [reservation] = await reservations.list();
    const workerActivitySid = String(scenes.taskRouter.activities.Offline);
    await reservations(String(reservation?.sid)).update({
      reservationStatus: 'rejected',
      workerActivitySid,
    });
    await scenes.taskRouter.advance(60);
    expect(others()).toMatchObject([{ status: 'canceled', answeredAt: null }]);
    expect([call.status, heard().at(-1)]).toEqual(['in-progress', 'Alice does not answer']);
    expect(await now()).toEqual(['pending', 'rejected', 'Offline']);
    expect(server.requests.find(({ path }) => path === '/status')?.parameters).toMatchObject({
      CallStatus: 'canceled',
      taskCallSid: call.callSid,
    });
    const bob = String(scenes.taskRouter.workers.Bob);
    await remote.workers(bob).update({
      attributes: '{"languages": ["es"], "contact_uri": "client:bob"}',
      activitySid: scenes.taskRouter.activities.Idle as string,
    });
    await scenes.taskRouter.advance(0);
    expect(heard().at(-1)).toBe('twilio connects Bob');
  });

  it('by the instruction reject is not called at all', async () => {
    const { call, now, others } = await scene({}, () => ({
      instruction: 'reject',
      activity_sid: scenes.taskRouter.activities.Offline,
    }));
    expect([call.status, others(), await now()]).toEqual([
      'in-progress',
      [],
      ['pending', 'rejected', 'Offline'],
    ]);
  });
});

describe('two calls for one worker', () => {
  it('wait for each other: the second rings when the first has been declined and its reservation is over', async () => {
    const { call, calling, others, now } = await scene({ outcome: 'no-answer' }, () => ({
      instruction: 'dequeue',
    }));
    const second = await calling();
    const [toAlice] = others().filter(({ direction }) => direction === 'outbound-api');
    await toAlice?.decline();
    expect(await now(second.taskSid)).toEqual(['pending', undefined, 'Reserved']);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    const ringing = scenes.taskRouter.calls().filter(({ status }) => status === 'ringing');
    expect(ringing).toMatchObject([{ to: 'client:alice', taskSid: second.taskSid }]);
  });
});

describe('the instruction redirect', () => {
  it('sends the waiting caller to other TwiML, and tells the action', async () => {
    const { call, heard, told, remote } = await scene({}, () => ({}), {
      '/other': '<Say>Elsewhere</Say><Pause length="60"/>',
    });
    const task = remote.tasks(String(call.taskSid));
    const [reservation] = await task.reservations.list();
    await task
      .reservations(String(reservation?.sid))
      .update({ instruction: 'redirect', redirectCallSid: call.callSid, redirectUrl: `${server.url}/other` });
    await scenes.taskRouter.advance(0);
    expect(heard().at(-2)).toBe('twilio Say Elsewhere');
    expect(told()).toMatchObject({ QueueResult: 'redirected' });
    expect(call.status).toBe('in-progress');
  });
});

describe('the instruction call', () => {
  const call = (url: string) => ({
    instruction: 'call',
    from: '+15550100',
    url: `${url}/whisper?reservation_sid=WR…`,
  });
  const whisper = {
    '/whisper':
      '<Gather numDigits="1" timeout="9" action="/take?reservation_sid=WR…"><Say>A call</Say></Gather>',
    '/take': `<Dial action="/dialed"><Queue reservationSid="WR…"/></Dial>`,
    '/dialed': '<Say>Thank you</Say>',
  };

  it('connects the caller when the worker’s TwiML dials the queue of the reservation', async () => {
    const { now, others, call: caller, told } = await scene({ after: 2, digits: '1' }, call, whisper);
    expect(await now()).toEqual(['reserved', 'pending', 'Reserved']);
    await scenes.taskRouter.advance(2);
    expect(await now()).toEqual(['assigned', 'accepted', 'Busy']);
    await scenes.taskRouter.advance(8);
    await caller.hangUp();
    await scenes.taskRouter.advance(0);
    const [worker] = others() as [SimulatedCall];
    expect([worker.status, heard(worker)]).toEqual([
      'completed',
      [
        'Alice answers',
        'twilio Gather dtmf',
        'twilio Say A call',
        'Alice presses 1',
        `twilio Dial Queue: Task ${caller.taskSid}`,
        'twilio Say Thank you',
      ],
    ]);
    expect(server.requests.find(({ path }) => path === '/whisper')?.parameters).toMatchObject({
      Direction: 'outbound-api',
      From: '+15550100',
      To: 'client:alice',
      CallStatus: 'in-progress',
    });
    expect(server.requests.find(({ path }) => path === '/dialed')?.parameters).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: caller.callSid,
      DialCallDuration: '8',
    });
    expect(told()).toMatchObject({ QueueResult: 'bridged', QueueTime: '2' });
  });

  it('lets the caller go on when the worker hangs up, and moves the worker', async () => {
    const take = `<Dial><Queue reservationSid="WR…" postWorkActivitySid="WA…"/></Dial>`;
    const { now, told } = await scene({ after: 1, talk: 20, digits: '1' }, call, whisper);
    const wrapUp = String(scenes.taskRouter.activities.WrapUp);
    scenes.documents = { ...scenes.documents, '/take': take.replace('WA…', wrapUp) };
    await scenes.taskRouter.advance(21);
    expect(await now()).toEqual(['assigned', 'accepted', 'WrapUp']);
    expect(told()).toMatchObject({ QueueResult: 'bridged', QueueTime: '1' });
  });

  it('leaves the caller in the queue if the worker presses nothing', async () => {
    const { now, others, call: caller } = await scene({}, call, whisper);
    await scenes.taskRouter.advance(9);
    const [worker] = others() as [SimulatedCall];
    expect([worker.status, caller.status]).toEqual(['completed', 'in-progress']);
    expect(await now()).toEqual(['reserved', 'pending', 'Reserved']);
  });

  it('raises 14217 if the reservation is not pending', async () => {
    const documents = { '/whisper': `<Dial><Queue reservationSid="WR${'0'.repeat(32)}"/></Dial>` };
    const { alerts, now } = await scene({}, call, documents);
    expect(await alerts()).toEqual([14217]);
    expect((await now())[1]).toBe('pending');
  });

  it('raises 14215 if there can be no such reservation', async () => {
    const { alerts } = await scene({}, call, { '/whisper': '<Dial><Queue reservationSid="WR1"/></Dial>' });
    expect(await alerts()).toEqual([14215]);
  });

  it('raises 14218 if there is no such post-work activity', async () => {
    const take = `<Dial><Queue reservationSid="WR…" postWorkActivitySid="WA${'0'.repeat(32)}"/></Dial>`;
    const { alerts, call: caller } = await scene({ digits: '1' }, call, { ...whisper, '/take': take });
    await caller.hangUp();
    await scenes.taskRouter.advance(0);
    expect(await alerts()).toEqual([14218]);
  });
});

describe('a worker’s call that a program ends', () => {
  it.each(['dequeue', 'conference'])('is canceled while it rings, by %s', async (instruction) => {
    const { others, now } = await scene({ outcome: 'no-answer' }, () => ({ instruction, from: '+15550100' }));
    const [ringing] = others() as [SimulatedCall];
    expect(ringing.status).toBe('ringing');
    const update = scenes.taskRouter.client.calls(ringing.callSid).update({ status: 'canceled' });
    expect(await update).toMatchObject({ status: 'canceled', duration: null });
    expect((await now())[1]).toBe(instruction === 'dequeue' ? 'pending' : 'canceled');
  });
});

describe('a service that stops', () => {
  it('drops its calls without a request, and keeps their tasks', async () => {
    const { call, now } = await scene({ outcome: 'no-answer' }, () => ({ instruction: 'dequeue' }));
    server.requests.length = 0;
    await scenes.taskRouter.saveSnapshot(file);
    expect(await now()).toEqual(['reserved', 'pending', 'Reserved']);
    await scenes.taskRouter.close();
    expect(server.paths).not.toContain('/after');
    scenes.taskRouter = await startTaskRouter({ snapshot: file, authToken: scenes.taskRouter.authToken });
    expect(scenes.taskRouter.calls()).toMatchObject([
      { status: 'ringing', to: 'client:alice', taskSid: call.taskSid, workerSid: expect.any(String) },
    ]);
  });
});
