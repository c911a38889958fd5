import { Supervisor, Workspace } from 'twilio-taskrouter';
import { bridgeCall } from '../support/bridge-call';
import { connect, next, sdkServers, tokenFor } from '../support/worker-sdk';
import { agentsForEach, all } from './agents';

const agents = agentsForEach();

const adminToken = () =>
  tokenFor(agents, { workspaceSid: agents.workspaceSid, workerSid: null, role: 'admin' });
const admin = (options: object = {}) =>
  new Workspace(adminToken(), { ...sdkServers(agents), logLevel: 'silent', ...options });
const names = (rows: Map<string, { readonly friendlyName?: string; readonly name?: string }>) =>
  [...rows.values()].map(({ friendlyName, name }) => friendlyName ?? name);

describe('workers', () => {
  beforeEach(async () => {
    // One second apart, because Twilio's dates have no fractions.
    for (const name of ['Bob', 'Carla']) {
      await agents.clock.advance(1000);
      await agents.addWorker(name);
    }
    await agents.clock.advance(1000);
    const activitySid = agents.activities.Offline as string;
    await agents.workspace.workers(agents.aliceSid).update({ activitySid, attributes: '{"level":3}' });
  });

  it('are listed in the order of creation', async () => {
    expect(names(await admin().fetchWorkersInfo())).toEqual(['Alice', 'Bob', 'Carla']);
  });

  it.each<[string, () => object, string[]]>([
    ['FriendlyName', () => ({ FriendlyName: 'Bob' }), ['Bob']],
    ['a FriendlyName that no worker has', () => ({ FriendlyName: 'Bo' }), []],
    ['ActivitySid', () => ({ ActivitySid: agents.activities.Idle }), ['Bob', 'Carla']],
    ['ActivityName', () => ({ ActivityName: 'Offline' }), ['Alice']],
    ['an ActivityName that no activity has', () => ({ ActivityName: 'O' }), []],
    ['TargetWorkersExpression', () => ({ TargetWorkersExpression: 'level > 2' }), ['Alice']],
    ['AfterSid', () => ({ AfterSid: agents.aliceSid }), ['Bob', 'Carla']],
    ['MaxWorkers', () => ({ MaxWorkers: 2 }), ['Alice', 'Bob']],
    ['Ordering, ascending', () => ({ Ordering: 'DateStatusChanged:asc' }), ['Bob', 'Carla', 'Alice']],
    ['Ordering, descending', () => ({ Ordering: 'DateStatusChanged:desc' }), ['Alice', 'Carla', 'Bob']],
  ])('are found with %s', async (_name, params, found) => {
    expect(names(await admin().fetchWorkersInfo(params() as never))).toEqual(found);
    // The same in pages of one.
    expect(names(await admin({ pageSize: 1 }).fetchWorkersInfo(params() as never))).toEqual(found);
  });

  it.each([
    ['AfterSid of another kind', { AfterSid: 'WA00000000000000000000000000000001' }],
    ['invalid AfterSid', { AfterSid: 'WK0000000000000000000000000000000000' }],
    ['AfterSid of no worker', { AfterSid: 'WK000000000000000000000000000000ff' }],
    ['invalid ActivitySid', { ActivitySid: 'WAxxx' }],
    ['Ordering by something else', { Ordering: 'FriendlyName:asc' }],
    ['expression that cannot be read', { TargetWorkersExpression: 'level >' }],
  ])('are refused with an %s', async (_name, params) => {
    await expect(admin().fetchWorkersInfo(params as never)).rejects.toThrow('status code 400');
  });

  it('are fetched one at a time', async () => {
    const worker = await admin().fetchWorkerInfo(agents.aliceSid);
    expect(worker).toMatchObject({
      friendlyName: 'Alice',
      activityName: 'Offline',
      available: false,
      attributes: { level: 3 },
      dateStatusChanged: new Date(agents.clock.now()),
    });
    await expect(admin().fetchWorkerInfo('WK000000000000000000000000000000ff')).rejects.toThrow(
      'status code 404',
    );
  });

  it('are counted in each page', async () => {
    const page = async (params: object) => {
      const url = `Workspaces/${agents.workspaceSid}/Workers`;
      const { body } = await bridgeCall(agents.service.url, { url, params, token: adminToken() });
      const { contents, ...rest } = body.payload;
      return { ...rest, names: contents.map((each: { friendly_name: string }) => each.friendly_name) };
    };
    const all = await agents.workspace.workers.list();
    const sidOf = (name: string) => all.find(({ friendlyName }) => friendlyName === name)?.sid as string;
    const [bob, carla] = [sidOf('Bob'), sidOf('Carla')];
    expect(await page({ PageSize: 2 })).toEqual({
      names: ['Alice', 'Bob'],
      total: 3,
      page: 0,
      start: 0,
      end: 2,
      nextPage: 1,
      lastPage: 1,
      after_sid: bob,
      before_sid: null,
      meta: { list_key: 'contents' },
    });
    expect(await page({ PageSize: 2, AfterSid: bob })).toMatchObject({
      names: ['Carla'],
      page: 1,
      nextPage: null,
      after_sid: null,
      before_sid: carla,
    });
    const ordered = await page({ PageSize: 1, Ordering: 'DateStatusChanged:desc' });
    expect(ordered.meta.next_token).toBe(`${agents.aliceSid}/2026-01-31T12:00:03.000Z`);
  });

  it('are found among many', async () => {
    const { workspaceSid, service } = agents;
    const create = (number: number) =>
      service.taskRouter.execute({ type: 'CreateWorker', workspaceSid, friendlyName: `Agent ${number}` });
    await Promise.all(Array.from({ length: 300 }, (_, number) => create(number)));
    const found = await admin({ pageSize: 100 }).fetchWorkersInfo({
      TargetWorkersExpression: 'worker.friendly_name CONTAINS "Agent"',
      MaxWorkers: 500,
    } as never);
    expect(found.size).toBe(300);
    expect(names(found).slice(0, 3)).toEqual(['Agent 0', 'Agent 1', 'Agent 2']);
  });

  it('are listed to the end although one of them changes meanwhile', async () => {
    const url = `Workspaces/${agents.workspaceSid}/Workers`;
    const token = adminToken();
    const params = { PageSize: 1, Ordering: 'DateStatusChanged:asc' };
    const first = await bridgeCall(agents.service.url, { url, params, token });
    const { next_token: NextToken } = first.body.payload.meta;
    const [bob] = first.body.payload.contents;
    await agents.clock.advance(1000);
    await agents.workspace.workers(bob.sid).update({ activitySid: agents.activities.Busy as string });
    const rest = await bridgeCall(agents.service.url, {
      url,
      params: { ...params, PageSize: 5, NextToken },
      token,
    });
    const found = rest.body.payload.contents.map((each: { friendly_name: string }) => each.friendly_name);
    expect(found).toEqual(['Carla', 'Alice', 'Bob']);
  });
});

describe('queues', () => {
  beforeEach(async () => {
    await agents.clock.advance(1000);
    await agents.workspace.taskQueues.create({ friendlyName: 'Experts', targetWorkers: 'level > 2' });
    await agents.clock.advance(1000);
    const [everybody] = await agents.workspace.taskQueues.list({ friendlyName: 'Everybody' });
    await agents.workspace.taskQueues(everybody?.sid as string).update({ taskOrder: 'LIFO' });
  });

  it.each<[string, () => object, string[]]>([
    ['nothing', () => ({}), ['Everybody', 'Experts']],
    ['FriendlyName', () => ({ FriendlyName: 'Experts' }), ['Experts']],
    ['WorkerSid', () => ({ WorkerSid: agents.aliceSid }), ['Everybody']],
    ['Ordering, ascending', () => ({ Ordering: 'DateUpdated:asc' }), ['Experts', 'Everybody']],
    ['Ordering, descending', () => ({ Ordering: 'DateUpdated:desc' }), ['Everybody', 'Experts']],
  ])('are found with %s', async (_name, params, found) => {
    expect(names(await admin().fetchTaskQueues(params() as never))).toEqual(found);
    expect(names(await admin({ pageSize: 1 }).fetchTaskQueues(params() as never))).toEqual(found);
  });

  it('are fetched one at a time', async () => {
    const [experts] = await agents.workspace.taskQueues.list({ friendlyName: 'Experts' });
    expect(await admin().fetchTaskQueue(experts?.sid as string)).toMatchObject({
      queueName: 'Experts',
      targetWorkers: 'level > 2',
      maxReservedWorkers: 1,
      taskOrder: 'FIFO',
    });
  });
});

it('fetches a task', async () => {
  const { sid } = await agents.workspace.tasks.create({ attributes: '{"a":1}' });
  expect(await admin().fetchTask(sid)).toMatchObject({ sid, status: 'reserved', attributes: { a: 1 } });
});

describe('a supervisor', () => {
  let bobSid: string;
  const supervisor = () =>
    connect(
      agents,
      agents.token(agents.aliceSid, 'supervisor'),
      {},
      Supervisor as never,
    ) as Promise<Supervisor>;
  beforeEach(async () => {
    bobSid = await agents.addWorker('Bob');
  });

  it('sets the activity of another worker, who is told', async () => {
    const [boss, bob] = [await supervisor(), await connect(agents, agents.token(bobSid))];
    await all([
      next(bob, 'activityUpdated'),
      boss.setWorkerActivity(bobSid, agents.activities.Busy as string),
    ]);
    expect(bob.activity.name).toBe('Busy');
    expect(boss.activity.name).toBe('Idle');
  });

  it('sets the attributes of another worker, whatever its own version', async () => {
    const boss = (await connect(
      agents,
      agents.token(agents.aliceSid, 'supervisor'),
      { enableVersionCheck: true },
      Supervisor as never,
    )) as Supervisor;
    await boss.setAttributes({ own: true });
    await boss.setWorkerAttributes(bobSid, { languages: ['de'] });
    expect((await agents.workspace.workers(bobSid).fetch()).attributes).toBe('{"languages":["de"]}');
  });
});
