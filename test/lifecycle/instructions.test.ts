import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';

const caller = { call_sid: `CA${'c'.repeat(32)}`, from: '+15550111', to: '+15550100' };

let test: TestService;
let receiver: Server;
/** What the assignment callback returns. */
let callbackResponse: object;

beforeAll(async () => {
  test = await startTestService();
  await test.service.startCallbacks();
  receiver = createServer((request, response) => {
    request.resume();
    const body = request.url === '/assignment' ? JSON.stringify(callbackResponse) : '';
    response.setHeader('content-type', 'application/json').end(body);
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await test.service.close();
  await new Promise((resolve) => receiver.close(resolve));
});

interface Scene {
  readonly workspace: WorkspaceContext;
  readonly taskSid: string;
  activities: Record<string, string>;
  /** Status of task and last reservation, and Alice's activity. */
  now(): Promise<string[]>;
  events(): Promise<string[]>;
}

/** A task on offer to Alice, whose telephone behaves as given; the assignment callback responds with `instruction`. */
async function offered(
  instruction: (activities: Record<string, string>) => object,
  simulated: object,
  { multiTaskEnabled = false, attributes = caller as object } = {},
): Promise<Scene> {
  const { port } = receiver.address() as AddressInfo;
  const assignmentCallbackUrl = `http://127.0.0.1:${port}/assignment`;
  const simple = await workspaceWithAlice(test.client, { assignmentCallbackUrl }, multiTaskEnabled);
  const { workspace, alice } = simple;
  const activities: Record<string, string> = {};
  for (const { friendlyName, sid } of await workspace.activities.list()) activities[friendlyName] = sid;
  await workspace.workers(alice.sid).update({
    attributes: JSON.stringify({ contact_uri: 'client:alice', simulated_call: simulated }),
  });
  callbackResponse = instruction(activities);
  const task = await workspace.tasks.create({ attributes: JSON.stringify(attributes) });
  await test.service.idle();
  return {
    workspace,
    taskSid: task.sid,
    activities,
    async now() {
      const { assignmentStatus } = await workspace.tasks(task.sid).fetch();
      const last = (await workspace.tasks(task.sid).reservations.list()).at(-1);
      const { activityName } = await workspace.workers(alice.sid).fetch();
      return [assignmentStatus, last?.reservationStatus ?? '', activityName];
    },
    async events() {
      const events = await workspace.events.list({ taskSid: task.sid, minutes: 60 });
      return events.map(({ eventType }) => eventType).reverse();
    },
  };
}

it('accepts by accept, at once', async () => {
  const scene = await offered(() => ({ instruction: 'accept' }), {});
  expect(await scene.now()).toEqual(['assigned', 'accepted', 'Busy']);
});

it('rejects by reject, and sets the worker to the activity', async () => {
  const scene = await offered(({ Offline }) => ({ instruction: 'reject', activity_sid: Offline }), {});
  expect(await scene.now()).toEqual(['pending', 'rejected', 'Offline']);
});

it('dequeues: rings, accepts on answer, and moves the worker on after the talk', async () => {
  const scene = await offered(
    ({ Offline }) => ({ instruction: 'dequeue', post_work_activity_sid: Offline }),
    {
      after: 3,
      talk: 30,
    },
  );
  const { attributes } = await scene.workspace.tasks(scene.taskSid).fetch();
  expect(JSON.parse(attributes)).toEqual({
    ...caller,
    worker_call_sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
  });
  await test.clock.advance(2999);
  expect(await scene.now()).toEqual(['reserved', 'pending', 'Reserved']);
  await test.clock.advance(1);
  expect(await scene.now()).toEqual(['assigned', 'accepted', 'Busy']);
  await test.clock.advance(30_000);
  expect(await scene.now()).toEqual(['assigned', 'accepted', 'Offline']);
  expect(await scene.events()).toEqual([
    'workflow.target-matched',
    'task.created',
    'task-queue.entered',
    'workflow.entered',
    'reservation.created',
    'task.updated',
    'reservation.accepted',
  ]);
});

it.each([
  ['refused', { outcome: 'refused', after: 2 }],
  ['busy', { outcome: 'busy' }],
  ['left ringing', { outcome: 'no-answer' }],
])('dequeues to a telephone that is %s: pending until the timeout', async (_, simulated) => {
  const scene = await offered(() => ({ instruction: 'dequeue', timeout: 20 }), simulated);
  await test.clock.advance(119_999);
  expect(await scene.now()).toEqual(['reserved', 'pending', 'Reserved']);
  await test.clock.advance(1);
  expect(await scene.now()).toEqual(['pending', 'timeout', 'Offline']);
});

it('calls with accept: accepted before anybody answers', async () => {
  const instruction = { instruction: 'call', from: '+15550100', url: 'http://127.0.0.1/twiml', accept: true };
  const scene = await offered(() => instruction, { outcome: 'no-answer' }, { attributes: {} });
  expect(await scene.now()).toEqual(['assigned', 'accepted', 'Busy']);
  await test.clock.advance(300_000);
  expect(await scene.now()).toEqual(['assigned', 'accepted', 'Busy']);
});

it('calls without accept: the answer leaves the acceptance to the app', async () => {
  const instruction = { instruction: 'call', from: '+15550100', url: 'http://127.0.0.1/twiml' };
  const scene = await offered(() => instruction, { after: 1 });
  await test.clock.advance(60_000);
  expect(await scene.now()).toEqual(['reserved', 'pending', 'Reserved']);
});

it.each([
  [true, ['assigned', 'accepted', 'Busy']],
  [false, ['reserved', 'pending', 'Reserved']],
])('redirects with accept %j', async (accept, expected) => {
  const instruction = {
    instruction: 'redirect',
    call_sid: caller.call_sid,
    url: 'http://127.0.0.1/twiml',
    accept,
  };
  const scene = await offered(() => instruction, {});
  expect(await scene.now()).toEqual(expected);
  const { workspaceSid } = await scene.workspace.tasks(scene.taskSid).fetch();
  const calls = await test.service.taskRouter.read((view) => [...view.all('calls', workspaceSid)]);
  expect(calls).toEqual([]);
});

it('confers: on hold however long it takes, accepted on answer, wrapping when the call ends', async () => {
  const scene = await offered(
    () => ({ instruction: 'conference', timeout: 500 }),
    { after: 400, talk: 60 },
    { multiTaskEnabled: true },
  );
  await test.clock.advance(399_999);
  expect(await scene.now()).toEqual(['reserved', 'pending', 'Available']);
  await test.clock.advance(1);
  expect(await scene.now()).toEqual(['assigned', 'accepted', 'Available']);
  await test.clock.advance(60_000);
  expect(await scene.now()).toEqual(['wrapping', 'wrapping', 'Available']);
  expect((await scene.events()).slice(-5)).toEqual([
    'reservation.created',
    'task.updated',
    'reservation.accepted',
    'task.wrapup',
    'reservation.wrapup',
  ]);
});

it('confers with a telephone that is busy: canceled, and offered again a moment later', async () => {
  const scene = await offered(() => ({ instruction: 'conference' }), { outcome: 'busy', after: 5 });
  await test.clock.advance(5000);
  expect(await scene.now()).toEqual(['pending', 'canceled', 'Idle']);
  await test.clock.advance(1000);
  expect(await scene.now()).toEqual(['reserved', 'pending', 'Reserved']);
});

it('does not spin where no call can be made', async () => {
  const scene = await offered(() => ({ instruction: 'conference' }), { outcome: 'failed' });
  await test.clock.advance(63_000);
  const reservations = await scene.workspace.tasks(scene.taskSid).reservations.list();
  expect(reservations.map(({ reservationStatus }) => reservationStatus)).toEqual(Array(7).fill('canceled'));
});

it('leaves an instruction that cannot be carried out to its timeout', async () => {
  const scene = await offered(() => ({ instruction: 'dequeue' }), {}, { attributes: { to: '+15550100' } });
  expect(await scene.now()).toEqual(['reserved', 'pending', 'Reserved']);
  expect(await scene.events()).not.toContain('task.updated');
  const [alert] = test.service.alertLog.list({ taskSid: scene.taskSid });
  expect(alert).toMatchObject({ code: 40140, level: 'error' });
});
