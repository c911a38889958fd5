import type { FastifyInstance } from 'fastify';
import { type AccountState, engineOf } from '../../src/account/account-state';
import { type ReadingOptions, readAccount } from '../../src/account/read-account';
import { EngineBench } from '../support/engine-bench';
import { type ServedBench, serveBench } from '../support/serve-bench';

let served: ServedBench;
afterEach(() => served.close());

async function read(bench: EngineBench, options: Partial<ReadingOptions> = {}): Promise<AccountState> {
  served = await serveBench(bench);
  return readAccount(served.client, served.workspace, { now: () => bench.now, ...options });
}

/** Three tasks: one that waits, one that Alice is offered, and one that Bob has accepted. */
function busyBench(multiTaskEnabled = false) {
  const bench = new EngineBench({ multiTaskEnabled });
  const waiting = bench.addTask({ selected_language: 'en' }, { priority: 7 });
  bench.setActivity(bench.bob, 'Idle');
  bench.updateReservation(bench.pending(waiting), 'accepted');
  bench.pass(5);
  bench.setActivity(bench.alice, 'Idle');
  const offered = bench.addTask();
  bench.pass(5);
  return { bench, accepted: waiting, offered, pending: bench.addTask() };
}

it('reads settings, workers, tasks, and reservations as the rows that the engine has', async () => {
  const { bench } = busyBench();
  const { rows } = await read(bench);
  const { view } = bench.engine;
  const withoutSequence = (row: object) => ({ ...row, sequence: 0, version: 0 });
  for (const table of ['workspaces', 'activities', 'taskChannels', 'taskQueues'] as const)
    expect(rows[table].map(withoutSequence)).toEqual([...view.all(table)].map(withoutSequence));
  const shown = ['sid', 'status', 'priority', 'attributes', 'taskQueueSid', 'virtualStartTime', 'step'];
  const pick = (row: object) => shown.map((name) => (row as Record<string, unknown>)[name]);
  const versionSid = bench.workflowSid;
  expect(rows.tasks.map(pick)).toEqual(
    [...view.all('tasks')].map((task) => pick({ ...task, step: { ...task.step, versionSid } })),
  );
  const offer = ['sid', 'status', 'taskSid', 'workerSid', 'workerName', 'expiresAt'];
  const pickOffer = (row: object) => offer.map((name) => (row as Record<string, unknown>)[name]);
  expect(rows.reservations.map(pickOffer)).toEqual([...view.all('reservations')].map(pickOffer));
});

it('loads them into an engine that routes alike', async () => {
  const { bench, pending } = busyBench();
  const { routing, view } = engineOf(await read(bench));
  const task = view.find('tasks', pending);
  expect(task && routing.isWaitingForOffer(task)).toBe(true);
  for (const queue of Object.values(bench.queues))
    expect(routing.workersOf(queue)).toEqual(bench.engine.routing.workersOf(queue));
  for (const { sid } of bench.engine.view.all('workers')) {
    const worker = view.find('workers', sid);
    const channel = bench.channel(sid, 'default').taskChannelSid;
    expect(worker && routing.notReady(worker, channel)).toEqual(
      bench.engine.routing.notReady(bench.worker(sid), channel),
    );
  }
});

it('sends GET requests only', async () => {
  await read(busyBench(true).bench);
  expect(served.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
});

const channelRequests = () => served.requests.filter((request) => request.includes('/Channels')).length;

it('reads the channels of workers in a multitasking workspace', async () => {
  const bench = new EngineBench({ multiTaskEnabled: true });
  bench.updateChannel(bench.alice, 'chat', { capacity: 3, available: false });
  const { rows } = await read(bench);
  expect(channelRequests()).toBe(2);
  const chat = bench.channel(bench.alice, 'chat');
  expect(rows.workerChannels.find(({ sid }) => sid === chat.sid)).toMatchObject({
    workerSid: bench.alice,
    taskChannelSid: chat.taskChannelSid,
    configuredCapacity: 3,
    available: false,
  });
});

it('reads no channels in a single-tasking workspace, unless an expression reads them', async () => {
  const bench = new EngineBench();
  await read(bench);
  expect(channelRequests()).toBe(0);
  await served.close();
  bench.updateQueue(bench.queues.english, { targetWorkers: 'channel.default.assigned_tasks < 1' });
  await read(bench);
  expect(channelRequests()).toBe(2);
});

it('leaves finished tasks out, except the one that is asked for', async () => {
  const bench = new EngineBench();
  const taskSid = bench.addTask();
  bench.updateTask(taskSid, { assignmentStatus: 'canceled', reason: 'hung up' });
  bench.addTask();
  expect((await read(bench)).rows.tasks).toHaveLength(1);
  await served.close();
  const { rows } = await read(bench, { taskSid });
  expect(rows.tasks).toContainEqual(
    expect.objectContaining({ sid: taskSid, status: 'canceled', reason: 'hung up' }),
  );
});

it('fails with 404 for a task that does not exist', async () => {
  const taskSid = `WT${'f'.repeat(32)}`;
  await expect(read(new EngineBench(), { taskSid })).rejects.toMatchObject({ status: 404 });
});

it('reads long lists page by page, and says how far it is', async () => {
  const bench = new EngineBench();
  for (let number = 0; number < 1001; number += 1) bench.addTask();
  const progress: string[] = [];
  const { rows } = await read(bench, { onProgress: (what, count) => progress.push(`${count} ${what}`) });
  expect(rows.tasks.map(({ sid }) => sid)).toEqual([...bench.engine.view.all('tasks')].map(({ sid }) => sid));
  expect(progress).toEqual(expect.arrayContaining(['1000 tasks', '1001 tasks', '2 workers']));
});

it('takes a queue as empty whose expression it cannot read, and says so', async () => {
  const { bench, pending } = busyBench();
  served = await serveBench(bench, replacing('languages HAS', 'languages LIKE'));
  const state = await readAccount(served.client, served.workspace, { now: () => bench.now });
  expect(state.notes).toEqual([
    expect.stringMatching(
      /^The expression of the queue "Spanish" cannot be read, so the queue counts as empty: /,
    ),
    expect.stringMatching(/^The expression of the queue "English" cannot be read/),
  ]);
  const { routing, view } = engineOf(state);
  expect(routing.workersOf(bench.queues.spanish).size).toBe(0);
  expect(view.find('tasks', pending)?.status).toBe('pending');
});

it('explains the tasks of a workflow that it cannot read by their queue alone, and says so', async () => {
  const { bench, pending } = busyBench();
  served = await serveBench(bench, replacing('selected_language ==', 'selected_language ~'));
  const state = await readAccount(served.client, served.workspace, { now: () => bench.now });
  expect(state.notes).toEqual([
    expect.stringMatching(
      /^The configuration of the workflow ".*" cannot be read, so its tasks are explained/,
    ),
  ]);
  expect(state.rows.tasks.find(({ sid }) => sid === pending)?.step).toEqual({
    kind: 'direct',
    workerSid: null,
  });
  expect(state.steps.get(pending)).toMatchObject({ isCertain: false });
});

it('sends a request again that TaskRouter refuses because there are too many', async () => {
  const { bench } = busyBench();
  let requests = 0;
  served = await serveBench(bench, (app) =>
    app.addHook('onRequest', async (_request, reply) => {
      requests += 1;
      if (requests % 3 === 0) return reply.code(429).send({ code: 20429, message: 'Too Many Requests' });
    }),
  );
  const { rows } = await readAccount(served.client, served.workspace, { now: () => bench.now });
  expect(rows.tasks).toHaveLength(3);
});

it('leaves out what refers to something that was deleted meanwhile', async () => {
  const { bench } = busyBench();
  served = await serveBench(bench, replacing(bench.queues.english, `WQ${'f'.repeat(32)}`, '/TaskQueues'));
  const state = await readAccount(served.client, served.workspace, { now: () => bench.now });
  expect(state.rows.tasks).toHaveLength(2);
  expect(() => engineOf(state)).not.toThrow();
});

/** Replaces a text in responses to requests under a path. */
const replacing =
  (text: string, by: string, path = '') =>
  (app: FastifyInstance) =>
    app.addHook('onSend', async ({ url }, _reply, payload) =>
      url.includes(path) && typeof payload === 'string' ? payload.replaceAll(text, by) : payload,
    );
