import { randomSid } from '../../src/system/ids';
import { signAccessToken } from '../../src/taskrouter/http/access-token';
import { bridgeCall } from '../support/bridge-call';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testSigner, tokenFor } from '../support/worker-sdk';

/** One service for all tests: refused calls change nothing. */
let running: TestService;
let sids: Record<
  'workspace' | 'otherWorkspace' | 'strangerSid' | 'alice' | 'bob' | 'activity' | 'queue' | 'workflow',
  string
>;
let aliceTask: string;
let aliceReservation: string;
let bobTask: string;
let bobReservation: string;

beforeAll(async () => {
  running = await startTestService();
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const { workspaceSid, activitySid: activity } = alice;
  const bob = await workspace.workers.create({ friendlyName: 'Bob', activitySid: activity });
  const other = await workspaceWithAlice(running.client);
  const [queue] = await workspace.taskQueues.list();
  const [workflow] = await workspace.workflows.list();
  sids = {
    workspace: workspaceSid,
    otherWorkspace: other.alice.workspaceSid,
    strangerSid: other.alice.sid,
    alice: alice.sid,
    bob: bob.sid,
    activity,
    queue: queue?.sid as string,
    workflow: workflow?.sid as string,
  };
  const assign = async (worker: string) => {
    const { sid } = await workspace.tasks.create({ attributes: '{}', routingTarget: worker });
    const [reservation] = await workspace.tasks(sid).reservations.list();
    return [sid, reservation?.sid as string] as const;
  };
  [aliceTask, aliceReservation] = await assign(sids.alice);
  [bobTask, bobReservation] = await assign(sids.bob);
});
afterAll(() => running.service.close());

/** Each call of the SDK, and the lowest role that may make it: `self` is a worker for its own things. */
const calls: [name: string, () => [method: string, path: string, params?: object], role: string][] = [
  ['list activities', () => ['GET', 'Activities'], 'worker'],
  ['fetch its worker', () => ['GET', `Workers/${sids.alice}`], 'worker'],
  ['list its channels', () => ['GET', `Workers/${sids.alice}/WorkerChannels`], 'worker'],
  [
    'list its reservations',
    () => ['GET', `Workers/${sids.alice}/Reservations`, { Active: 'true' }],
    'worker',
  ],
  [
    'fetch its reservation',
    () => ['GET', `Workers/${sids.alice}/Reservations/${aliceReservation}`],
    'worker',
  ],
  ['fetch its task', () => ['GET', `Tasks/${aliceTask}`], 'worker'],
  ['update its worker', () => ['POST', `Workers/${sids.alice}`, { Attributes: { a: 1 } }], 'worker'],
  ['update its task', () => ['POST', `Tasks/${aliceTask}`, { Attributes: { a: 1 } }], 'worker'],
  [
    'create a task for itself',
    () => [
      'POST',
      'Tasks',
      { WorkflowSid: sids.workflow, TaskQueueSid: sids.queue, RoutingTarget: sids.alice, Attributes: {} },
    ],
    'worker',
  ],
  ['fetch another worker', () => ['GET', `Workers/${sids.bob}`], 'supervisor'],
  ['update another worker', () => ['POST', `Workers/${sids.bob}`, { Attributes: { a: 1 } }], 'supervisor'],
  ["list another worker's channels", () => ['GET', `Workers/${sids.bob}/WorkerChannels`], 'supervisor'],
  ["list another worker's reservations", () => ['GET', `Workers/${sids.bob}/Reservations`], 'supervisor'],
  [
    "fetch another worker's reservation",
    () => ['GET', `Workers/${sids.bob}/Reservations/${bobReservation}`],
    'supervisor',
  ],
  ["fetch another worker's task", () => ['GET', `Tasks/${bobTask}`], 'supervisor'],
  [
    'create a task for another worker',
    () => ['POST', 'Tasks', { WorkflowSid: sids.workflow, RoutingTarget: sids.bob, Attributes: {} }],
    'supervisor',
  ],
  ['list workers', () => ['GET', 'Workers'], 'supervisor'],
  ['list queues', () => ['GET', 'TaskQueues'], 'supervisor'],
  ['fetch a queue', () => ['GET', `TaskQueues/${sids.queue}`], 'supervisor'],
  [
    'supervise',
    () => ['POST', `Tasks/${bobTask}/Reservations/${bobReservation}`, { Instruction: 'supervise' }],
    'supervisor',
  ],
  [
    "update another worker's reservation",
    () => ['POST', `Workers/${sids.bob}/Reservations/${bobReservation}`, { ReservationStatus: 'accepted' }],
    'nobody',
  ],
  ["update another worker's task", () => ['POST', `Tasks/${bobTask}`, { Attributes: {} }], 'nobody'],
  ["transfer another worker's task", () => ['POST', `Workers/${sids.bob}/Transfers`], 'nobody'],
  ["change another worker's call", () => ['POST', `Workers/${sids.bob}/WorkerParticipant`], 'nobody'],
  ['change the customer of another', () => ['POST', `Workers/${sids.bob}/CustomerParticipant`], 'nobody'],
  ['hold for another', () => ['POST', `Workers/${sids.bob}/HoldWorkerParticipant`], 'nobody'],
  ['kick for another', () => ['POST', `Workers/${sids.bob}/KickWorkerParticipant`], 'nobody'],
  [
    'accept its reservation',
    () => [
      'POST',
      `Workers/${sids.alice}/Reservations/${aliceReservation}`,
      { ReservationStatus: 'accepted' },
    ],
    'itself',
  ],
];

const send = (
  [method, path, params = {}]: [string, string, object?],
  token: string,
  workspaceSid = sids.workspace,
) => bridgeCall(running.service.url, { url: `Workspaces/${workspaceSid}/${path}`, method, params, token });

/** Each kind of token that is refused before anything else, with its error code. */
const refused: [name: string, () => string, code: number][] = [
  ['no token', () => '', 20101],
  ['a text that is no token', () => 'a.b.c', 20101],
  [
    'a forged token',
    () =>
      signAccessToken(
        { ...testSigner, apiKey: { ...testSigner.apiKey, secret: 'guessed' } },
        { ...aliceGrant(), identity: 'Alice' },
        { now: running.clock.now(), ttlSeconds: 60 },
      ),
    20107,
  ],
  ['a token with changed claims', () => withChangedClaims(tokenFor(running, aliceGrant())), 20107],
  ['an unsigned token', () => unsigned(tokenFor(running, aliceGrant())), 20102],
  [
    'an expired token',
    () =>
      signAccessToken(
        testSigner,
        { ...aliceGrant(), identity: 'Alice' },
        { now: running.clock.now() - 60_000, ttlSeconds: 60 },
      ),
    20104,
  ],
  [
    'the token of another account',
    () =>
      signAccessToken(
        { ...testSigner, accountSid: randomSid('AC') },
        { ...aliceGrant(), identity: 'Alice' },
        { now: running.clock.now(), ttlSeconds: 60 },
      ),
    20103,
  ],
  ['a token for more than a day', () => tokenFor(running, aliceGrant(), 86_401), 20157],
  [
    'a token with an unknown role',
    () => tokenFor(running, { ...aliceGrant(), role: 'owner' as never }),
    20106,
  ],
  ['a token without a worker', () => tokenFor(running, { ...aliceGrant(), workerSid: null }), 20106],
  [
    'a token for an unknown worker',
    () => tokenFor(running, { ...aliceGrant(), workerSid: randomSid('WK') }),
    20106,
  ],
  [
    "a token for another workspace's worker",
    () => tokenFor(running, { ...aliceGrant(), workerSid: sids.strangerSid }),
    20106,
  ],
  [
    'a token for an unknown workspace',
    () => tokenFor(running, { ...aliceGrant(), workspaceSid: randomSid('WS') }),
    20106,
  ],
];

const aliceGrant = () => ({ workspaceSid: sids.workspace, workerSid: sids.alice, role: 'worker' as const });

function withChangedClaims(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = Buffer.from(payload, 'base64url').toString().replace('"role":"worker"', '"role":"admin"');
  return [header, Buffer.from(claims).toString('base64url'), signature].join('.');
}

function unsigned(token: string): string {
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${header}.${token.split('.')[1]}.AA`;
}

describe.each(calls)('%s', (name, callOf, role) => {
  it.each(refused)('refuses %s', async (_token, token, code) => {
    expect(await send(callOf(), token())).toMatchObject({ status: 401, body: { code, status: 401 } });
  });

  it("refuses another workspace's owner", async () => {
    const stranger = {
      workspaceSid: sids.otherWorkspace,
      workerSid: sids.strangerSid,
      role: 'worker' as const,
    };
    expect(await send(callOf(), tokenFor(running, stranger))).toMatchObject({ status: 403 });
    const admin = { workspaceSid: sids.otherWorkspace, workerSid: null, role: 'admin' as const };
    expect(await send(callOf(), tokenFor(running, admin))).toMatchObject({ status: 403 });
  });

  it('takes it from the roles that may make it, and from no other', async () => {
    const statusFor = async (each: 'worker' | 'supervisor') =>
      (await send(callOf(), tokenFor(running, { ...aliceGrant(), role: each }))).status;
    const [worker, supervisor] = [await statusFor('worker'), await statusFor('supervisor')];
    expect(worker).toBe(['worker', 'itself'].includes(role) ? 200 : 403);
    if (role === 'nobody') expect(supervisor).toBe(403);
    // Accepting it again is refused, and so is supervising without saying who does.
    else expect([200, 400]).toContain(supervisor);
  });

  it('gives an admin what supervisors have', async () => {
    const admin = tokenFor(running, { workspaceSid: sids.workspace, workerSid: null, role: 'admin' });
    const isOwn = ['nobody', 'itself'].includes(role) || name === 'update its task';
    const { status } = await send(callOf(), admin);
    if (isOwn) expect(status).toBe(403);
    else expect(status).toBe(name === 'supervise' ? 400 : 200);
  });
});

it('has no worker update a task that it has rejected', async () => {
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const token = tokenFor(running, { workspaceSid: alice.workspaceSid, workerSid: alice.sid, role: 'worker' });
  const { sid } = await workspace.tasks.create({ attributes: '{}' });
  const [reservation] = await workspace.tasks(sid).reservations.list();
  const [offline] = await workspace.activities.list({ friendlyName: 'Offline' });
  const reject = { ReservationStatus: 'rejected', WorkerActivitySid: offline?.sid };
  const path = `Workers/${alice.sid}/Reservations/${reservation?.sid}`;
  expect(await send(['POST', path, reject], token, alice.workspaceSid)).toMatchObject({ status: 200 });
  const update = await send(['POST', `Tasks/${sid}`, { Attributes: {} }], token, alice.workspaceSid);
  expect(update).toMatchObject({ status: 403, body: { code: 20403 } });
});

it('takes only those parameters of a worker that the SDK has', async () => {
  const token = tokenFor(running, aliceGrant());
  const renamed = await send(
    ['POST', `Workers/${sids.alice}`, { FriendlyName: 'Boss', Attributes: {} }],
    token,
  );
  expect(renamed).toMatchObject({ status: 200, body: { payload: { friendly_name: 'Alice' } } });
});

it.each([
  ['a worker', 'GET', () => `Workers/${randomSid('WK')}`],
  ['a task', 'GET', () => `Tasks/${randomSid('WT')}`],
  ['a queue', 'GET', () => `TaskQueues/${randomSid('WQ')}`],
  ['a call', 'GET', () => 'Workflows'],
])('answers 404 for %s that does not exist', async (_what, method, path) => {
  const admin = tokenFor(running, { workspaceSid: sids.workspace, workerSid: null, role: 'admin' });
  const missing = path();
  expect(await send([method, missing], admin)).toMatchObject({
    status: 404,
    body: {
      code: 20404,
      message: `The requested resource /Workspaces/${sids.workspace}/${missing} was not found`,
    },
  });
});

it('answers 405 for a path with another method', async () => {
  const token = tokenFor(running, aliceGrant());
  expect(await send(['POST', 'Activities'], token)).toMatchObject({ status: 405, body: { code: 20004 } });
});
