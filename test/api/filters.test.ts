import { ApiBench } from '../support/api-bench';
import { countedSid } from '../support/counting-sids';
import { simpleWorkspace } from '../support/simple-workspace';

let bench: ApiBench;
let simple: Awaited<ReturnType<typeof simpleWorkspace>>;
let spanish: string;

beforeAll(async () => {
  bench = await ApiBench.start();
  simple = await simpleWorkspace(bench);
  const { path, activities } = simple;
  spanish = await bench.create(`${path}/TaskQueues`, {
    FriendlyName: 'Spanish',
    TargetWorkers: 'languages HAS "es"',
  });
  await bench.create(`${path}/TaskQueues`, { FriendlyName: 'Nobody', TargetWorkers: '' });
  await bench.create(`${path}/Workers`, { FriendlyName: 'Alice', Attributes: '{"languages":["en","es"]}' });
  await bench.clock.advance(60_000);
  await bench.create(`${path}/Workers`, {
    FriendlyName: 'Bob',
    Attributes: '{"languages":["en"],"sid":"B"}',
  });
  await bench.create(`${path}/Workers`, {
    FriendlyName: 'Carol',
    Attributes: '{"languages":["es"]}',
    ActivitySid: activities.Unavailable as string,
  });
});
afterAll(() => bench.close());

async function list(query: string, key: string): Promise<string[]> {
  const { status, body } = await bench.get(simple.path + query);
  if (status !== 200) throw new Error(body.message);
  return body[key].map((item: { friendly_name?: string; sid: string }) => item.friendly_name ?? item.sid);
}

describe('workers', () => {
  it.each([
    ['FriendlyName=Bob', ['Bob']],
    ['FriendlyName=bob', []],
    ['ActivityName=Offline', ['Alice', 'Bob']],
    [`ActivitySid=${countedSid('WA', 2)}`, ['Carol']],
    ['Available=yes', []],
    ['Available=available', ['Alice', 'Bob', 'Carol']],
    ['TaskQueueName=Spanish', ['Alice', 'Carol']],
    ['TaskQueueName=Nobody', []],
    ['TaskQueueName=No+such+queue', []],
    [`TaskQueueSid=${countedSid('WQ', 2)}`, ['Alice', 'Carol']],
    [`TaskQueueSid=${countedSid('WQ', 99)}`, []],
    ['TargetWorkersExpression=languages+HAS+%22en%22', ['Alice', 'Bob']],
    ['TargetWorkersExpression=friendly_name+%3D%3D+%22Carol%22', ['Carol']],
    ['TargetWorkersExpression=activity_name+%3D%3D+%22Offline%22', ['Alice', 'Bob']],
    ['TargetWorkersExpression=sid+%3D%3D+%22B%22', ['Bob']],
    [
      'TargetWorkersExpression=channel.default.available_capacity_percentage+%3D%3D+100',
      ['Alice', 'Bob', 'Carol'],
    ],
    ['TaskQueueName=Spanish&ActivityName=Offline', ['Alice']],
    ['Ordering=DateStatusChanged:desc', ['Bob', 'Carol', 'Alice']],
    ['Ordering=DateStatusChanged:asc', ['Alice', 'Bob', 'Carol']],
  ])('by %s are %j', async (query, expected) => {
    expect(await list(`/Workers?${query}`, 'workers')).toEqual(expected);
  });
});

describe('task queues', () => {
  it.each([
    ['FriendlyName=Spanish', ['Spanish']],
    [`WorkerSid=${countedSid('WK', 2)}`, ['Everybody']],
    [`WorkerSid=${countedSid('WK', 1)}`, ['Everybody', 'Spanish']],
    [`WorkerSid=${countedSid('WK', 99)}`, []],
    ['EvaluateWorkerAttributes=%7B%22languages%22%3A%5B%22es%22%5D%7D', ['Everybody', 'Spanish']],
    ['EvaluateWorkerAttributes=%7B%7D', ['Everybody']],
    ['Ordering=DateUpdated:desc', ['Everybody', 'Spanish', 'Nobody']],
  ])('by %s are %j', async (query, expected) => {
    expect(await list(`/TaskQueues?${query}`, 'task_queues')).toEqual(expected);
  });
});

describe('activities', () => {
  it.each([
    ['Available=true', ['Available']],
    ['Available=1', ['Available']],
    ['Available=nonsense', ['Offline', 'Unavailable']],
    ['FriendlyName=Offline', ['Offline']],
    ['FriendlyName=Offline&Available=true', []],
  ])('by %s are %j', async (query, expected) => {
    expect(await list(`/Activities?${query}`, 'activities')).toEqual(expected);
  });
});

describe('workspaces and workflows', () => {
  it('are found by their exact name', async () => {
    const { body } = await bench.get('/v1/Workspaces?FriendlyName=Simple');
    expect(body.workspaces).toHaveLength(1);
    expect((await bench.get('/v1/Workspaces?FriendlyName=simple')).body.workspaces).toEqual([]);
    expect(await list('/Workflows?FriendlyName=Everything', 'workflows')).toEqual(['Everything']);
    expect(await list('/Workflows?FriendlyName=Nothing', 'workflows')).toEqual([]);
  });
});

describe('tasks', () => {
  const [plain, urgent, direct, canceled] = [1, 2, 3, 4].map((count) => countedSid('WT', count)) as [
    string,
    string,
    string,
    string,
  ];
  beforeAll(async () => {
    const tasks = `${simple.path}/Tasks`;
    await bench.create(tasks, { Attributes: '{"selected_language":"es"}' });
    await bench.create(tasks, { Priority: 7 });
    await bench.create(tasks, { RoutingTarget: spanish });
    await bench.create(tasks, {});
    await bench.post(`${tasks}/${canceled}`, { AssignmentStatus: 'Canceled', Reason: 'changed my mind' });
  });

  it.each<[string, string[]]>([
    ['Priority=7', [urgent]],
    ['AssignmentStatus=canceled', [canceled]],
    ['AssignmentStatus=CANCELED', [canceled]],
    ['AssignmentStatus=pending', [plain, urgent, direct]],
    ['AssignmentStatus=pending,canceled', [plain, urgent, direct, canceled]],
    ['AssignmentStatus=canceled&AssignmentStatus=pending', [plain, urgent, direct, canceled]],
    [`WorkflowSid=${countedSid('WW', 1)}`, [plain, urgent, direct, canceled]],
    ['WorkflowName=Everything', [plain, urgent, direct, canceled]],
    ['WorkflowName=Nothing', []],
    [`TaskQueueSid=${countedSid('WQ', 2)}`, [direct]],
    ['TaskQueueName=Spanish', [direct]],
    ['TaskQueueName=Everybody&AssignmentStatus=pending', [plain, urgent]],
    ['EvaluateTaskAttributes=selected_language+%3D%3D+%22es%22', [plain]],
    [`RoutingTarget=${countedSid('WQ', 2)}`, [direct]],
    ['HasAddons=true', []],
    ['HasAddons=false', [plain, urgent, direct, canceled]],
    ['Ordering=Priority:desc', [urgent, plain, direct, canceled]],
  ])('by %s are %j', async (query, expected) => {
    expect(await list(`/Tasks?${query}`, 'tasks')).toEqual(expected);
  });
});

describe('reservations', () => {
  it('are found by status and by worker', async () => {
    const { path, activities } = simple;
    const dave = await bench.create(`${path}/Workers`, {
      FriendlyName: 'Dave',
      ActivitySid: activities.Available as string,
    });
    const { body } = await bench.get(`${path}/Workers/${dave}/Reservations`);
    const [{ sid, task_sid }] = body.reservations;
    const ofTask = `/Tasks/${task_sid}/Reservations`;
    expect(await list(`${ofTask}?WorkerSid=${dave}`, 'reservations')).toEqual([sid]);
    expect(await list(`${ofTask}?WorkerSid=${countedSid('WK', 1)}`, 'reservations')).toEqual([]);
    expect(await list(`${ofTask}?ReservationStatus=Pending`, 'reservations')).toEqual([sid]);
    expect(await list(`/Workers/${dave}/Reservations?ReservationStatus=accepted`, 'reservations')).toEqual(
      [],
    );
  });
});
