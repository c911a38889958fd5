import type { RestException } from 'twilio';
import { operations } from '../../src/taskrouter/api/operations';
import { CheckedHttpClient } from '../support/checked-client';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';

const refusal = (promise: Promise<unknown>): Promise<RestException> =>
  promise.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );

/** By mode: the name of the available activity in a new workspace. */
const modes = [
  { mode: 'multitasking', multiTaskEnabled: true, available: 'Available' },
  { mode: 'single-tasking', multiTaskEnabled: false, available: 'Idle' },
] as const;

describe.each(modes)('the official client, $mode', ({ multiTaskEnabled, available }) => {
  const httpClient = new CheckedHttpClient();
  let taskrouter: TestTaskRouter;
  let workspace: ReturnType<typeof workspaceOf>;
  const workspaceOf = (sid: string) => taskrouter.client.taskrouter.v1.workspaces(sid);
  const activitySid = async (friendlyName: string) => {
    const [activity] = await workspace.activities.list({ friendlyName });
    if (!activity) throw new Error(`no activity ${friendlyName}`);
    return activity.sid;
  };

  beforeAll(async () => {
    taskrouter = await startTestTaskRouter({ httpClient });
    const created = await taskrouter.client.taskrouter.v1.workspaces.create({
      friendlyName: 'Contract',
      multiTaskEnabled,
    });
    workspace = workspaceOf(created.sid);
  });
  afterAll(() => taskrouter.close());

  it('creates, lists, fetches, updates and deletes a workspace', async () => {
    const { workspaces } = taskrouter.client.taskrouter.v1;
    const created = await workspaces.create({
      friendlyName: 'Second',
      multiTaskEnabled,
      template: 'FIFO',
      eventCallbackUrl: 'https://example.com/events',
      eventsFilter: 'task.created, task.canceled',
      prioritizeQueueOrder: 'LIFO',
    });
    expect(created).toMatchObject({ friendlyName: 'Second', multiTaskEnabled, prioritizeQueueOrder: 'LIFO' });
    expect(created.defaultActivityName).toBe('Offline');
    expect(created.eventsFilter).toBe('task.created, task.canceled');
    const second = workspaceOf(created.sid);
    expect((await second.workflows.list()).map((workflow) => workflow.friendlyName)).toEqual([
      'Default Fifo Workflow',
    ]);
    expect((await workspaces.list({ friendlyName: 'Second' })).map(({ sid }) => sid)).toEqual([created.sid]);
    expect((await second.fetch()).eventCallbackUrl).toBe('https://example.com/events');
    expect((await second.update({ friendlyName: 'Renamed', eventCallbackUrl: '' })).eventCallbackUrl).toBe(
      '',
    );
    expect(await second.remove()).toBe(true);
    expect(await refusal(second.fetch())).toMatchObject({ status: 404, code: 20404 });
  });

  it('creates, lists, fetches, updates, and deletes an activity, but cannot change its availability', async () => {
    const created = await workspace.activities.create({ friendlyName: 'Lunch', available: false });
    expect(created).toMatchObject({ friendlyName: 'Lunch', available: false });
    const lunch = workspace.activities(created.sid);
    expect((await workspace.activities.list({ available: 'false' })).map(({ sid }) => sid)).toContain(
      created.sid,
    );
    expect((await lunch.update({ friendlyName: 'Dinner' })).friendlyName).toBe('Dinner');
    expect(await lunch.fetch()).toMatchObject({ friendlyName: 'Dinner', available: false });
    expect(await lunch.remove()).toBe(true);
    expect((await refusal(lunch.fetch())).status).toBe(404);
  });

  it('creates, lists, fetches by name, updates and deletes a task channel', async () => {
    const builtIn = (await workspace.taskChannels.list()).map((channel) => channel.uniqueName);
    expect(builtIn).toEqual(['default', 'voice', 'chat', 'sms', 'video']);
    const created = await workspace.taskChannels.create({ friendlyName: 'Fax', uniqueName: 'fax' });
    const fax = workspace.taskChannels('fax');
    expect((await fax.fetch()).sid).toBe(created.sid);
    const updated = await fax.update({ friendlyName: 'Telefax', channelOptimizedRouting: true });
    expect(updated).toMatchObject({
      friendlyName: 'Telefax',
      uniqueName: 'fax',
      channelOptimizedRouting: true,
    });
    expect(await workspace.taskChannels(created.sid).remove()).toBe(true);
    expect((await refusal(workspace.taskChannels('default').remove())).status).toBe(400);
  });

  it('creates, lists, fetches, updates and deletes a task queue', async () => {
    const plain = await workspace.taskQueues.create({ friendlyName: 'Plain' });
    expect(plain).toMatchObject({ targetWorkers: '1==1', maxReservedWorkers: 1, taskOrder: 'FIFO' });
    const activity = await activitySid('Offline');
    const created = await workspace.taskQueues.create({
      friendlyName: 'Spanish',
      targetWorkers: 'languages HAS "es"',
      maxReservedWorkers: 3,
      taskOrder: 'LIFO',
      reservationActivitySid: activity,
      assignmentActivitySid: activity,
    });
    expect(created).toMatchObject({
      reservationActivityName: 'Offline',
      maxReservedWorkers: 3,
      taskOrder: 'LIFO',
    });
    const queue = workspace.taskQueues(created.sid);
    expect((await queue.update({ targetWorkers: 'level > 3' })).targetWorkers).toBe('level > 3');
    expect((await queue.fetch()).targetWorkers).toBe('level > 3');
    expect(await refusal(queue.update({ targetWorkers: 'skill-level > 3' }))).toMatchObject({
      status: 400,
      code: 20001,
      message: expect.stringContaining("extraneous input 'evel' expecting OPERATOR"),
    });
    expect((await workspace.taskQueues.list({ friendlyName: 'Spanish' })).map(({ sid }) => sid)).toEqual([
      created.sid,
    ]);
    expect(await queue.remove()).toBe(true);
    expect(await workspace.taskQueues(plain.sid).remove()).toBe(true);
  });

  it('creates, lists, fetches, updates and deletes a workflow', async () => {
    const queue = await workspace.taskQueues.create({ friendlyName: 'For a workflow' });
    const document = { task_routing: { default_filter: { queue: queue.sid } } };
    const configuration = JSON.stringify(document);
    const created = await workspace.workflows.create({
      friendlyName: 'Everything',
      configuration: JSON.stringify(document, null, 1),
      assignmentCallbackUrl: 'https://example.com/assignment',
      taskReservationTimeout: 20,
    });
    expect(created).toMatchObject({
      configuration,
      taskReservationTimeout: 20,
      documentContentType: null,
    });
    expect(created.fallbackAssignmentCallbackUrl).toBeNull();
    const workflow = workspace.workflows(created.sid);
    const updated = await workflow.update({
      friendlyName: 'All',
      assignmentCallbackUrl: '',
      reEvaluateTasks: 'true',
    });
    expect(updated).toMatchObject({ friendlyName: 'All', assignmentCallbackUrl: null, configuration });
    expect((await workflow.fetch()).friendlyName).toBe('All');
    expect((await workspace.workflows.list({ friendlyName: 'All' })).map(({ sid }) => sid)).toEqual([
      created.sid,
    ]);
    expect((await refusal(workspace.taskQueues(queue.sid).remove())).status).toBe(400);
    expect(await workflow.remove()).toBe(true);
    expect(await workspace.taskQueues(queue.sid).remove()).toBe(true);
  });

  it('creates, lists, fetches, updates and deletes a worker, and refuses a duplicate name', async () => {
    const created = await workspace.workers.create({
      friendlyName: 'Alice',
      attributes: '{"languages":["es"]}',
    });
    expect(created).toMatchObject({
      activityName: 'Offline',
      available: false,
      attributes: '{"languages":["es"]}',
    });
    expect(await refusal(workspace.workers.create({ friendlyName: 'ALICE' }))).toMatchObject({
      status: 400,
      code: 20001,
      message: expect.stringContaining('Worker with the same friendly name already exists'),
    });
    const alice = workspace.workers(created.sid);
    const updated = await alice.update({
      activitySid: await activitySid(available),
      attributes: '{ "level": 5 }',
    });
    expect(updated).toMatchObject({ activityName: available, available: true, attributes: '{"level":5}' });
    expect((await alice.fetch()).available).toBe(true);
    const found = await workspace.workers.list({ targetWorkersExpression: 'level >= 5', available: 'true' });
    expect(found.map(({ sid }) => sid)).toEqual([created.sid]);
    expect((await refusal(alice.remove({ ifMatch: '"99"' }))).code).toBe(20412);
    expect(await alice.remove()).toBe(true);
    expect((await refusal(alice.fetch())).status).toBe(404);
  });

  it("lists, fetches by name and updates a worker's channels", async () => {
    const { sid } = await workspace.workers.create({ friendlyName: 'Carol' });
    const { workerChannels } = workspace.workers(sid);
    const channels = await workerChannels.list();
    expect(channels.map((channel) => channel.taskChannelUniqueName)).toEqual([
      'default',
      'voice',
      'chat',
      'sms',
      'video',
    ]);
    const chat = workspace.workers(sid).workerChannels('chat');
    expect(await chat.fetch()).toMatchObject({ configuredCapacity: 1, available: true, assignedTasks: 0 });
    const updated = await chat.update({ capacity: 4, available: false });
    expect(updated).toMatchObject({
      configuredCapacity: 4,
      available: false,
      availableCapacityPercentage: 100,
    });
    expect((await workspace.workers(sid).workerChannels(updated.sid).fetch()).configuredCapacity).toBe(4);
    expect(await workspace.workers(sid).remove()).toBe(true);
  });

  it('creates, lists, fetches, updates, and deletes tasks, and moves their reservations on both paths', async () => {
    const queue = await workspace.taskQueues.create({ friendlyName: 'Everybody' });
    await workspace.workflows.create({
      friendlyName: 'Only one',
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    });
    const created = await workspace.tasks.create({
      attributes: '{"n":1}',
      priority: 2,
      timeout: 600,
      taskChannel: 'sms',
    });
    expect(created).toMatchObject({
      assignmentStatus: 'pending',
      priority: 2,
      timeout: 600,
      addons: '{}',
      age: 0,
    });
    expect(created).toMatchObject({
      taskQueueEnteredDate: null,
      taskChannelUniqueName: 'sms',
      ignoreCapacity: false,
    });
    const task = workspace.tasks(created.sid);
    expect((await task.update({ attributes: '{"n":2}', priority: 3, ifMatch: '0' })).priority).toBe(3);
    expect((await refusal(task.update({ priority: 4, ifMatch: '0' }))).status).toBe(412);
    expect(await task.fetch()).toMatchObject({ attributes: '{"n":2}', taskQueueFriendlyName: 'Everybody' });
    expect(
      (await workspace.tasks.list({ assignmentStatus: ['pending', 'reserved'] })).map(({ sid }) => sid),
    ).toEqual([created.sid]);

    const bob = await workspace.workers.create({
      friendlyName: 'Bob',
      activitySid: await activitySid(available),
    });
    const worker = workspace.workers(bob.sid);
    const [offer] = await task.reservations.list({ reservationStatus: 'pending', workerSid: bob.sid });
    if (!offer) throw new Error('Bob was not offered the task');
    expect((await task.reservations(offer.sid).fetch()).workerName).toBe('Bob');
    expect((await worker.reservations(offer.sid).fetch()).url).toContain(`/Workers/${bob.sid}/Reservations/`);
    const accepted = await worker.reservations(offer.sid).update({ reservationStatus: 'accepted' });
    expect(accepted.reservationStatus).toBe('accepted');
    expect((await worker.reservations.list({ reservationStatus: 'accepted' })).map(({ sid }) => sid)).toEqual(
      [offer.sid],
    );
    expect(
      (await task.reservations(offer.sid).update({ reservationStatus: 'wrapping' })).reservationStatus,
    ).toBe('wrapping');
    expect((await task.update({ assignmentStatus: 'completed', reason: 'done' })).assignmentStatus).toBe(
      'completed',
    );
    expect((await worker.reservations(offer.sid).fetch()).reservationStatus).toBe('completed');
    expect(await task.remove()).toBe(true);
    expect((await refusal(task.fetch())).message).toBe(
      `The requested resource /Workspaces/${bob.workspaceSid}/Tasks/${created.sid} was not found`,
    );
  });

  it('lists and fetches events', async () => {
    const [newest] = await workspace.events.list({ eventType: 'task.deleted', limit: 1 });
    expect(newest?.resourceType).toBe('task');
    expect((await workspace.events(newest?.sid ?? '').fetch()).description).toBe(newest?.description);
  });

  it('pages through lists that are longer than a page', async () => {
    for (const n of [1, 2, 3, 4, 5]) await workspace.activities.create({ friendlyName: `Extra ${n}` });
    const all = await workspace.activities.list();
    const paged = await workspace.activities.list({ pageSize: 2 });
    expect(paged.map(({ sid }) => sid)).toEqual(all.map(({ sid }) => sid));
    const page = await workspace.activities.page({ pageSize: 3 });
    const next = await page.nextPage();
    expect((await next?.previousPage())?.instances.map(({ sid }) => sid)).toEqual(
      page.instances.map(({ sid }) => sid),
    );
  });

  it('fetches every kind of statistics', async () => {
    const queue = await workspace.taskQueues.create({ friendlyName: 'Counted' });
    const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
    const { sid: workflowSid } = await workspace.workflows.create({ friendlyName: 'Counted', configuration });
    const { sid: workerSid } = await workspace.workers.create({ friendlyName: 'Dora' });
    const window = { minutes: 30, splitByWaitTime: '5,30' };
    const channel = { taskChannel: 'default' };
    const taskQueue = workspace.taskQueues(queue.sid);
    const workflow = workspace.workflows(workflowSid);
    await workspace.cumulativeStatistics().fetch(window);
    await workspace.realTimeStatistics().fetch(channel);
    await taskQueue.cumulativeStatistics().fetch(window);
    await taskQueue.realTimeStatistics().fetch(channel);
    await workflow.cumulativeStatistics().fetch(window);
    await workflow.realTimeStatistics().fetch(channel);
    expect((await workspace.statistics().fetch()).cumulative.tasks_created).toBe(1);
    expect((await taskQueue.statistics().fetch()).cumulative.tasks_entered).toBe(0);
    expect((await workflow.statistics().fetch()).cumulative.tasks_entered).toBe(0);
    const { workers } = workspace;
    await workspace.workers(workerSid).statistics().fetch();
    await workers.statistics().fetch({ taskQueueName: 'Counted' });
    await workers.cumulativeStatistics().fetch();
    await workers.realTimeStatistics().fetch();
    expect(await workspace.taskQueues.statistics.list({ friendlyName: 'Counted' })).toHaveLength(1);
    const bulk = await workspace.taskQueues.bulkRealTimeStatistics.create({ QueueSids: [queue.sid] });
    expect(bulk.taskQueueResponseCount).toBe(1);
  });

  it('has called every operation by now', () => {
    expect([...httpClient.succeeded].sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  const withDocument = process.env.TWILIO_OPENAPI ? it : it.skip;
  withDocument("matches Twilio's OpenAPI in every response (needs TWILIO_OPENAPI)", () => {
    expect(httpClient.compared).toEqual(httpClient.succeeded);
  });
});
