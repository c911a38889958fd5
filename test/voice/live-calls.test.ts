import { VirtualClock } from '../../src/system/virtual-clock';
import { CallBook } from '../../src/taskrouter/voice/calls/call-book';
import type { NewLiveCall } from '../../src/taskrouter/voice/calls/live-call';
import { CallScenes, heard } from '../support/call-scenes';

const scenes = new CallScenes().register();
const { server } = scenes;

/** Rings until the timeout, unless somebody answers. */
const ringing = { outcome: 'no-answer' };
const dequeue = () => ({ instruction: 'dequeue', post_work_activity_sid: '' });
const none = () => ({});

/** The call that rings besides the caller's. */
async function ring(instruction: (url: string) => object, more: Record<string, string> = {}) {
  const scene = await scenes.scene(ringing, instruction, more);
  const [other] = scene.others();
  if (!other) throw new Error('Nothing rings.');
  return { ...scene, other };
}

describe('a call to a worker', () => {
  it('is a call like that of the caller, from ringing to its end', async () => {
    const { call, other, remote } = await ring(dequeue);
    const [reservation] = await remote.tasks(String(call.taskSid)).reservations.list();
    const shown = () => scenes.request(`/_taskrouter/calls/${other.callSid}`);
    const start = scenes.taskRouter.now().toISOString();
    expect(await shown()).toEqual({
      call_sid: other.callSid,
      from: '+15550100',
      to: 'client:alice',
      direction: 'outbound-api',
      parent_call_sid: null,
      status: 'ringing',
      task_sid: call.taskSid,
      worker_sid: scenes.taskRouter.workers.Alice,
      reservation_sid: reservation?.sid,
      date_created: start,
      answered_at: null,
      ended_at: null,
      line_count: 1,
      transcript: [{ at: start, who: 'twilio', verb: 'calls', text: 'client:alice' }],
    });
    await scenes.taskRouter.advance(5);
    await other.answer();
    const answered = scenes.taskRouter.now().toISOString();
    expect(await shown()).toMatchObject({ status: 'in-progress', answered_at: answered, ended_at: null });
    await scenes.taskRouter.advance(7);
    await other.hangUp();
    const ended = scenes.taskRouter.now().toISOString();
    expect(await shown()).toMatchObject({ status: 'completed', answered_at: answered, ended_at: ended });
    expect(heard(other)).toEqual(['Alice answers', 'Alice hangs up']);
  });

  it('is answered and hung up from outside', async () => {
    const { call, now, other } = await ring(dequeue);
    await other.answer();
    expect(await now()).toEqual(['assigned', 'accepted', 'Busy']);
    await expect(other.decline()).rejects.toThrow('has been answered');
    await other.hangUp();
    await scenes.taskRouter.advance(0);
    expect([call.status, await now()]).toEqual(['completed', ['assigned', 'accepted', 'WrapUp']]);
  });

  it('is declined from outside, and the caller waits on', async () => {
    const { call, now, other, heard } = await ring(dequeue);
    await other.decline();
    expect([other.status, call.status, heard().at(-1)]).toEqual([
      'busy',
      'in-progress',
      'Alice does not answer',
    ]);
    expect(await now()).toEqual(['reserved', 'pending', 'Reserved']);
    await expect(other.answer()).rejects.toThrow('not in progress');
  });

  it('is canceled when the caller hangs up before the worker answers', async () => {
    const { call, other } = await ring(dequeue);
    await call.hangUp();
    await scenes.taskRouter.advance(0);
    expect([other.status, other.answeredAt]).toEqual(['canceled', null]);
  });

  it('is completed when the connected caller hangs up', async () => {
    const { call, other } = await ring(dequeue);
    await other.answer();
    await call.hangUp();
    expect([other.status, heard(other)]).toEqual(['completed', ['Alice answers']]);
  });

  it.each([
    ['busy', 'busy'],
    ['refused', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
  ])('that is %s ends as %s', async (outcome, status) => {
    const { others } = await scenes.scene({ outcome, after: 3 }, dequeue);
    await scenes.taskRouter.advance(3);
    expect(others()).toMatchObject([{ status, answeredAt: null, endedAt: scenes.taskRouter.now() }]);
  });

  it('is there for the instruction conference, and for a supervisor', async () => {
    const { call, other, others, remote } = await ring(() => ({ instruction: 'conference' }));
    await other.answer();
    const reservations = remote.tasks(String(call.taskSid)).reservations;
    const [reservation] = await reservations.list();
    await reservations(String(reservation?.sid)).update({
      instruction: 'supervise',
      supervisor: 'client:boss',
      supervisorMode: 'monitor',
    });
    expect(others()).toMatchObject([
      { to: 'client:boss', workerSid: null, taskSid: call.taskSid },
      { to: 'client:alice', status: 'in-progress' },
    ]);
  });

  it('hears no keys unless it has TwiML', async () => {
    const { other } = await ring(dequeue);
    await expect(other.press('1')).rejects.toThrow('TwiML');
  });

  it('continues after a restart', async () => {
    const { call, other } = await ring(dequeue);
    await scenes.restart();
    const { callSid, dateCreated } = other;
    const [restored] = scenes.taskRouter.calls();
    expect(restored).toMatchObject({ callSid, dateCreated, status: 'ringing', taskSid: call.taskSid });
    await restored?.answer();
    expect(restored?.status).toBe('in-progress');
    await restored?.hangUp();
    expect(restored?.status).toBe('completed');
  });
});

describe('a call that Dial places', () => {
  const documents = {
    '/incoming-call': '<Dial action="/dialed" timeout="20"><Client>alice</Client></Dial>',
    '/dialed': '<Pause length="9"/>',
  };
  const told = () => server.requests.find(({ path }) => path === '/dialed')?.parameters;

  it('belongs to the call that dials, and is answered and hung up from outside', async () => {
    const { call, other } = await ring(none, documents);
    expect(other).toMatchObject({
      direction: 'outbound-dial',
      parentCallSid: call.callSid,
      from: '+15550111',
      to: 'client:alice',
      workerSid: scenes.taskRouter.workers.Alice,
      reservationSid: null,
      status: 'ringing',
    });
    await other.answer();
    await scenes.taskRouter.advance(12);
    expect([call.status, other.status]).toEqual(['in-progress', 'in-progress']);
    await other.hangUp();
    expect(told()).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: other.callSid,
      DialCallDuration: '12',
    });
    expect(call.status).toBe('in-progress');
  });

  it('is declined from outside', async () => {
    const { other } = await ring(none, documents);
    await other.decline();
    expect([other.status, told()?.DialCallStatus]).toEqual(['busy', 'busy']);
  });

  it('is canceled when the caller hangs up, and completed if it was connected', async () => {
    const first = await ring(none, documents);
    await first.call.hangUp();
    expect(first.other.status).toBe('canceled');
    await scenes.taskRouter.close();
    const second = await ring(none, documents);
    await second.other.answer();
    await second.call.hangUp();
    expect([second.call.status, second.other.status]).toEqual(['completed', 'completed']);
  });
});

describe('the call of a caller', () => {
  it('is not answered or declined from outside, only hung up', async () => {
    const { call } = await scenes.scene({}, none);
    await expect(call.answer()).rejects.toThrow('has been answered');
    await call.hangUp();
    await expect(call.hangUp()).rejects.toThrow('not in progress');
    expect(call).toMatchObject({ direction: 'inbound', workerSid: null, endedAt: scenes.taskRouter.now() });
  });

  it('ends unanswered if the caller hangs up before there is TwiML', async () => {
    const { calling } = await scenes.scene({}, none);
    let release = () => {};
    const isAsked = new Promise<void>((asked) => {
      server.will(() => {
        asked();
        return new Promise((respond) => {
          release = () => respond('<Hangup/>');
        });
      });
    });
    const begun = calling();
    await isAsked;
    const [call] = scenes.taskRouter.calls();
    await expect(call?.answer()).rejects.toThrow('answered by TwiML');
    const hungUp = call?.hangUp();
    release();
    await hungUp;
    expect(await begun).toMatchObject({ status: 'no-answer', answeredAt: null });
  });
});

describe('the book of all calls', () => {
  const clock = new VirtualClock(1_800_000_000_000);
  const parts = (number: number): NewLiveCall => ({
    sid: `CA${String(number).padStart(32, '0')}`,
    from: '+1',
    to: '+2',
    direction: 'inbound',
    person: 'caller',
  });

  it('tells of each change of status, task, and transcript', async () => {
    const book = new CallBook(clock);
    const news: string[] = [];
    const stop = book.onChange(({ status, taskSid, transcript }) => {
      news.push([status, taskSid ?? '', transcript.at(-1)?.verb ?? ''].join(' ').trim());
    });
    const call = book.add(parts(1));
    call.answer();
    call.belongsTo('WT1');
    await call.report({ kind: 'ended' });
    stop();
    call.record('twilio', 'says nothing');
    expect(news).toEqual([
      'ringing',
      'ringing  calls',
      'in-progress  calls',
      'in-progress WT1 calls',
      'in-progress WT1 hangs up',
      'completed WT1 hangs up',
    ]);
  });

  it.each([
    ['begins a call a moment after it was created, when it is durable', false, ['calls']],
    ['does not begin a call again that is continued', true, []],
  ])('%s', (_, isContinued, verbs) => {
    const dateCreated = clock.now() - 3;
    const call = new CallBook(clock).add({ ...parts(1), dateCreated, isContinued });
    expect(call.transcript.map(({ verb }) => verb)).toEqual(verbs);
  });

  it('keeps a hundred calls that are over, and every other one, newest first', () => {
    const book = new CallBook(clock);
    const calls = Array.from({ length: 103 }, (_, number) => book.add(parts(number)));
    for (const call of calls.slice(1)) call.finish('completed');
    expect(book.list().map(({ sid }) => sid)).toEqual(
      [parts(0), ...calls.slice(3)].map(({ sid }) => sid).reverse(),
    );
  });
});
