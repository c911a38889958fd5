import twilio, { type RequestClient } from 'twilio';
import { applyWorkspace } from '../../src/workspace/apply/apply';
import { carryOut } from '../../src/workspace/apply/carry-out';
import { Directory } from '../../src/workspace/existing/existing';
import { readWorkspace } from '../../src/workspace/existing/read';
import { type DesiredWorkspace, WorkspaceFileError } from '../../src/workspace/file/desired';
import { planWorkspace } from '../../src/workspace/plan/plan';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';
import { tutorial } from './tutorial';

const functionsUrl = 'http://127.0.0.1:3000';
const [spanish, english] = ['Customer Care Requests - Spanish', 'Customer Care Requests - English'];
const workflowName = 'Incoming Customer Care Requests';

let taskRouter: TestTaskRouter;
const requests: { method: string; uri: string }[] = [];
const writes = () => requests.filter(({ method }) => method.toLowerCase() !== 'get');

/** The client's own transport, recording its requests. */
function notingTransport(): RequestClient {
  const transport = new twilio.RequestClient();
  const send = transport.request.bind(transport);
  transport.request = ((options: Parameters<typeof send>[0]) => {
    requests.push({ method: options.method, uri: options.uri });
    return send(options);
  }) as RequestClient['request'];
  return transport;
}

beforeEach(async () => {
  taskRouter = await startTestTaskRouter({ httpClient: notingTransport() });
  requests.length = 0;
});
afterEach(() => taskRouter.close());

const apply = (desired: DesiredWorkspace, url: string | null = functionsUrl) =>
  applyWorkspace({ client: taskRouter.client, desired, functionsUrl: url });

const workspace = (sid: string) => taskRouter.client.taskrouter.v1.workspaces(sid);

describe.each([
  ['single-tasking', false],
  ['multitasking', true],
])('a %s workspace', (_, multiTaskEnabled) => {
  const desired = tutorial({ multiTaskEnabled });

  it('is created as its file says', async () => {
    const { workspaceSid, workflows, workers, taskQueues, activities } = await apply(desired);
    expect(await workspace(workspaceSid).fetch()).toMatchObject({
      friendlyName: 'Customer Care',
      multiTaskEnabled,
      eventCallbackUrl: 'http://127.0.0.1:3000/event-callback',
    });
    const workflow = await workspace(workspaceSid)
      .workflows(workflows[workflowName] ?? '')
      .fetch();
    expect(workflow).toMatchObject({
      friendlyName: workflowName,
      taskReservationTimeout: 1200,
      assignmentCallbackUrl: 'http://127.0.0.1:3000/assignment-callback',
    });
    expect(JSON.parse(workflow.configuration).task_routing.filters).toMatchObject([
      { expression: 'selected_language == "es"', targets: [{ queue: taskQueues[spanish] }] },
      { expression: 'selected_language == "en"', targets: [{ queue: taskQueues[english] }] },
    ]);
    expect(
      await workspace(workspaceSid)
        .taskQueues(taskQueues[spanish] ?? '')
        .fetch(),
    ).toMatchObject({
      targetWorkers: 'languages HAS "es"',
      reservationActivitySid: activities.Reserved,
      assignmentActivitySid: activities.Busy,
    });
    expect(
      await workspace(workspaceSid)
        .workers(workers.Alice ?? '')
        .fetch(),
    ).toMatchObject({
      attributes: '{"languages":["en","es"]}',
      activitySid: activities.Offline,
      available: false,
    });
    expect(Object.keys(activities)).toEqual(['Offline', 'Idle', 'Busy', 'Reserved']);
    expect(
      await workspace(workspaceSid)
        .activities(activities.Idle ?? '')
        .fetch(),
    ).toMatchObject({
      available: true,
    });
  });

  it('is created by exactly the planned changes', async () => {
    const planned = planWorkspace(desired, null, functionsUrl);
    const { changes, notes, extras } = await apply(desired);
    expect({ changes, notes, extras }).toEqual(planned);
    expect(writes()).toHaveLength(planned.changes.length);
  });

  it('needs no write request the second time, and keeps its sids', async () => {
    const { changes: _, ...first } = await apply(desired);
    requests.length = 0;
    const { changes, ...second } = await apply(desired);
    expect(changes).toEqual([]);
    expect(writes()).toEqual([]);
    expect(requests).toHaveLength(6);
    expect(second).toEqual(first);
  });

  it('routes a task to Alice', async () => {
    const { workspaceSid, workers, activities } = await apply(desired, null);
    const inside = workspace(workspaceSid);
    await inside.workers(workers.Alice ?? '').update({ activitySid: activities.Idle ?? '' });
    const task = await inside.tasks.create({ attributes: '{"selected_language":"es"}' });
    const [reservation] = await inside.tasks(task.sid).reservations.list();
    expect(reservation).toMatchObject({ workerName: 'Alice', reservationStatus: 'pending' });
    expect((await inside.workers(workers.Alice ?? '').fetch()).activityName).toBe(
      multiTaskEnabled ? 'Idle' : 'Reserved',
    );
  });
});

it('has no callback URLs until the address of the Functions is known, and then needs no other change', async () => {
  const { workspaceSid } = await apply(tutorial(), null);
  expect((await workspace(workspaceSid).fetch()).eventCallbackUrl).toBe('');
  requests.length = 0;
  const { changes } = await apply(tutorial());
  expect(changes.map(({ kind, fields }) => [kind, fields])).toEqual([
    ['workspace', { eventCallbackUrl: 'http://127.0.0.1:3000/event-callback' }],
    ['workflow', { assignmentCallbackUrl: 'http://127.0.0.1:3000/assignment-callback' }],
  ]);
  expect(writes()).toHaveLength(2);
});

it('restores values changed by hand, but not the activity of a worker', async () => {
  const { workspaceSid, workers, taskQueues, activities } = await apply(tutorial());
  const inside = workspace(workspaceSid);
  await inside.workers(workers.Bob ?? '').update({ activitySid: activities.Idle ?? '', attributes: '{}' });
  await inside.taskQueues(taskQueues[english] ?? '').update({ targetWorkers: '1==1', maxReservedWorkers: 3 });
  await inside.update({ eventCallbackUrl: 'https://elsewhere.example/events' });
  const { changes } = await apply(tutorial());
  expect(changes.map(({ name, before }) => [name, before])).toEqual([
    ['Bob', { attributes: {} }],
    [english, { targetWorkers: '1==1' }],
    ['Customer Care', { eventCallbackUrl: 'https://elsewhere.example/events' }],
  ]);
  expect(await inside.workers(workers.Bob ?? '').fetch()).toMatchObject({
    activityName: 'Idle',
    attributes: '{"languages":["en"]}',
  });
});

it('does not treat white space and key order as changes', async () => {
  const { workspaceSid, workers, workflows } = await apply(tutorial());
  const inside = workspace(workspaceSid);
  const workflow = inside.workflows(workflows[workflowName] ?? '');
  const { task_routing } = JSON.parse((await workflow.fetch()).configuration);
  const filters = task_routing.filters.map((filter: object) =>
    Object.fromEntries(Object.entries(filter).reverse()),
  );
  await workflow.update({ configuration: JSON.stringify({ task_routing: { filters } }, null, 4) });
  await inside.workers(workers.Alice ?? '').update({ attributes: '{ "languages": [ "en", "es" ] }' });
  expect((await apply(tutorial())).changes).toEqual([]);
});

it('removes a callback URL', async () => {
  await apply(tutorial());
  const { workspaceSid } = await apply(tutorial({ eventCallbackUrl: null }));
  expect((await workspace(workspaceSid).fetch()).eventCallbackUrl).toBe('');
  expect((await apply(tutorial({ eventCallbackUrl: null }))).changes).toEqual([]);
});

it('uses the sid of an activity in skip_if, and reads it back by its name', async () => {
  const desired = tutorial();
  const targets = [
    { queue: spanish, skip_if: `workers.\${activity:Busy} > 0`, timeout: 30 },
    { queue: english },
  ];
  const filters = [{ expression: '1==1', targets }];
  desired.workflows[0] = { friendlyName: workflowName, configuration: { task_routing: { filters } } };
  const { workspaceSid, workflows, activities } = await apply(desired);
  const { configuration } = await workspace(workspaceSid)
    .workflows(workflows[workflowName] ?? '')
    .fetch();
  expect(configuration).toContain(`workers.${activities.Busy} > 0`);
  expect((await apply(desired)).changes).toEqual([]);
});

it('updates every setting of an existing workspace, and then has nothing to do', async () => {
  await apply(tutorial());
  const desired = tutorial({
    prioritizeQueueOrder: 'LIFO',
    defaultActivity: 'Idle',
    timeoutActivity: 'Busy',
    eventsFilter: ['task.created', 'task.canceled'],
    taskQueues: tutorial().taskQueues.map((queue) => ({
      ...queue,
      maxReservedWorkers: 5,
      taskOrder: 'LIFO',
    })),
  });
  const { workspaceSid, activities } = await apply(desired);
  expect(await workspace(workspaceSid).fetch()).toMatchObject({
    prioritizeQueueOrder: 'LIFO',
    defaultActivitySid: activities.Idle,
    timeoutActivitySid: activities.Busy,
    eventsFilter: 'task.canceled,task.created',
  });
  expect((await apply(desired)).changes).toEqual([]);
});

it('resumes after an interruption', async () => {
  await taskRouter.client.taskrouter.v1.workspaces.create({
    friendlyName: 'Customer Care',
    multiTaskEnabled: false,
  });
  const { changes } = await apply(tutorial());
  expect(changes[0]).toMatchObject({ action: 'create', kind: 'worker', name: 'Alice' });
  expect(await taskRouter.client.taskrouter.v1.workspaces.list()).toHaveLength(1);
});

it('does not change the tasking mode of an existing workspace, and reports it', async () => {
  await apply(tutorial({ multiTaskEnabled: true }));
  const { workspaceSid, changes, notes } = await apply(tutorial());
  expect(changes).toEqual([]);
  expect(notes).toHaveLength(1);
  expect((await workspace(workspaceSid).fetch()).multiTaskEnabled).toBe(true);
});

it('is found by its exact name among others', async () => {
  await apply(tutorial({ friendlyName: 'Customer Care 2' }));
  await apply(tutorial());
  const read = await readWorkspace(taskRouter.client, 'Customer Care');
  expect(read?.friendlyName).toBe('Customer Care');
  expect(await readWorkspace(taskRouter.client, 'Customer')).toBeNull();
});

it('refuses a workflow that names a missing queue, before the first request', async () => {
  const failure = await apply(tutorial({ taskQueues: tutorial().taskQueues.slice(1) })).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(WorkspaceFileError);
  expect((failure as Error).message).toBe(
    `workflows[0].configuration.task_routing.filters[0].targets[0].queue refers to "${spanish}", which is not in taskQueues. Add it there, or correct the name.`,
  );
  expect(requests).toEqual([]);
});

it('refuses two workspaces with one name, before it changes either', async () => {
  await taskRouter.client.taskrouter.v1.workspaces.create({ friendlyName: 'Customer Care' });
  await taskRouter.client.taskrouter.v1.workspaces.create({ friendlyName: 'Customer Care' });
  requests.length = 0;
  await expect(apply(tutorial())).rejects.toThrow(
    'The account has 2 workspaces named "Customer Care". Rename all but one of them.',
  );
  expect(writes()).toEqual([]);
});

it('reports what TaskRouter refuses, with its message', async () => {
  const taskQueues = [...tutorial().taskQueues, { friendlyName: 'Broken', targetWorkers: 'languages HAS' }];
  const failure = await apply(tutorial({ taskQueues })).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(WorkspaceFileError);
  expect((failure as Error).message).toMatch(
    /^TaskRouter refused to create the task queue "Broken": .+ Correct it in the file\.$/,
  );
});

it('passes on the client’s own exception for a workspace deleted meanwhile', async () => {
  const { workspaceSid } = await apply(tutorial());
  await workspace(workspaceSid).remove();
  const [, change] = planWorkspace(tutorial({ multiTaskEnabled: true }), null, null).changes;
  if (change?.name !== 'Idle') throw new Error('The plan is not the one that this test is about.');
  await expect(carryOut(workspace(workspaceSid), change, new Directory())).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
});

it('passes on the client’s own exception for wrong credentials', async () => {
  const stranger = twilio(taskRouter.accountSid, 'not the token');
  stranger.taskrouter.baseUrl = taskRouter.url;
  await expect(applyWorkspace({ client: stranger, desired: tutorial(), functionsUrl })).rejects.toMatchObject(
    { status: 401, code: 20003 },
  );
});
