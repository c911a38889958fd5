import { goodCredentials } from '../support/api-bench';
import { type Message, SseReader } from '../support/sse-reader';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';
import { TwimlServer } from '../support/twiml-server';

const twiml = new TwimlServer(testAccount.authToken, () => undefined);
const greeting = '<Gather numDigits="1"><Say>Hello</Say></Gather><Hangup/>';
let running: TestService;
const readers: SseReader[] = [];

beforeAll(() => twiml.listen());
afterAll(() => twiml.close());
beforeEach(async () => {
  twiml.will(() => greeting);
  running = await startTestService({ voiceUrl: `${twiml.url}/incoming-call` });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await running.service.close();
});

async function stream(query = '?types=call'): Promise<SseReader> {
  const url = `${running.service.url}/_taskrouter/stream${query}`;
  const reader = await SseReader.open(url, { authorization: goodCredentials });
  readers.push(reader);
  return reader;
}

const begin = (from: string) => running.service.phone.call({ from, to: '+15550100' });
const isOf = (sid: string) => (message: Message) => message.event === 'call' && message.data.call_sid === sid;
const verbs = ({ data }: Message): string[] => data.transcript.map(({ verb }: { verb: string }) => verb);

it('sends all calls at the beginning, oldest first, and the time of its clock', async () => {
  const [first, second] = [await begin('+15550111'), await begin('+15550112')];
  const reader = await stream();
  const received = await reader.upTo(isOf(second.sid));
  expect(received.map(({ event }) => event)).toEqual(['begin', 'call', 'call']);
  expect(received[0]?.data.date_ms).toBe(running.clock.now());
  expect(received[1]).toMatchObject({ id: undefined, data: { call_sid: first.sid, status: 'in-progress' } });
});

it('sends a call again after it has changed, once for all that happens at once', async () => {
  const reader = await stream();
  expect((await reader.next())?.event).toBe('begin');
  const call = await begin('+15550111');
  const ringing = await reader.until(isOf(call.sid));
  expect(verbs(ringing)).toEqual(['calls']);
  const answered = await reader.until(({ data }) => verbs({ data } as Message).includes('Say'));
  expect(answered.data).toMatchObject({ status: 'in-progress', direction: 'inbound' });
  await running.service.phone.act(call.sid, 'hang_up');
  const over = await reader.next();
  expect(over?.data).toMatchObject({ status: 'completed', ended_at: expect.any(String) });
  expect(verbs(over as Message)).toEqual([...verbs(answered), 'hangs up']);
});

it('sends only the calls of a task or a worker, or one call, if the reader asks for them', async () => {
  const call = await begin('+15550111');
  const ofTask = await stream(`?types=call&task_sid=WT${'0'.repeat(32)}`);
  const ofWorker = await stream(`?types=call&worker_sid=WK${'0'.repeat(32)}`);
  const ofCall = await stream(`?types=call&call_sid=CA${'0'.repeat(32)}`);
  const all = await stream();
  await all.until(isOf(call.sid));
  await running.service.clear();
  for (const reader of [ofTask, ofWorker, ofCall])
    expect((await reader.upTo(({ event }) => event === 'cleared')).map(({ event }) => event)).toEqual([
      'begin',
      'cleared',
    ]);
});

it('sends the calls of a loaded snapshot after it has said that everything was cleared', async () => {
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const attributes = { contact_uri: 'client:alice', simulated_call: { outcome: 'no-answer' } };
  await workspace.workers(alice.sid).update({ attributes: JSON.stringify(attributes) });
  const task = await workspace.tasks.create({ attributes: '{}' });
  const { reservations } = workspace.tasks(task.sid);
  const [offer] = await reservations.list();
  const instruction = { instruction: 'call', callFrom: '+15550100', callUrl: `${twiml.url}/whisper` };
  await reservations(offer?.sid ?? '').update(instruction);
  const reader = await stream(`?types=call&worker_sid=${alice.sid}`);
  const before = await reader.until(({ event }) => event === 'call');
  expect(before.data).toMatchObject({ reservation_sid: offer?.sid, task_sid: task.sid });

  const parts: string[] = [];
  for await (const part of running.service.snapshots.save()) parts.push(part);
  await running.service.snapshots.load(parts.join(''));
  await reader.until(({ event }) => event === 'cleared');
  const after = await reader.until(({ event }) => event === 'call');
  expect(after.data).toMatchObject({ call_sid: before.data.call_sid, status: 'ringing' });
});
