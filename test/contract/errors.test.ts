import twilio, { type RestException, type Twilio } from 'twilio';
import { startTestTaskRouter, type TestTaskRouter } from '../support/start-test-taskrouter';

/**
 * Every error that is documented, or whose text is known, as the official client receives it.
 * Pages: https://www.twilio.com/docs/usage/twilios-response, https://www.twilio.com/docs/api/errors
 */
let taskrouter: TestTaskRouter;
let client: Twilio;
let workspace: ReturnType<Twilio['taskrouter']['v1']['workspaces']>;
let workspaceSid: string;
let queueSid: string;
let idle: string;

beforeEach(async () => {
  taskrouter = await startTestTaskRouter({ rateLimits: true });
  client = taskrouter.client;
  workspaceSid = (await client.taskrouter.v1.workspaces.create({ friendlyName: 'Errors' })).sid;
  workspace = client.taskrouter.v1.workspaces(workspaceSid);
  queueSid = (await workspace.taskQueues.create({ friendlyName: 'Everybody', maxReservedWorkers: 2 })).sid;
  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queueSid } } });
  await workspace.workflows.create({ friendlyName: 'All', configuration });
  const [available] = await workspace.activities.list({ available: 'true' });
  idle = available?.sid as string;
});
afterEach(() => taskrouter.close());

const refusal = (promise: Promise<unknown>): Promise<RestException> =>
  promise.then(
    () => Promise.reject(new Error('was not refused')),
    (error) => error,
  );

const expected = (status: number, code: number, message: unknown = expect.any(String)) => ({
  status,
  code,
  message,
  moreInfo: `https://www.twilio.com/docs/errors/${code}`,
});

async function offered(workers: readonly string[] = ['Alice']) {
  const task = await workspace.tasks.create({});
  for (const friendlyName of workers) await workspace.workers.create({ friendlyName, activitySid: idle });
  const reservations = await workspace.tasks(task.sid).reservations.list();
  const [first, second] = reservations.map(({ sid }) => workspace.tasks(task.sid).reservations(sid));
  if (!first) throw new Error('no worker was offered the task');
  return { task, first, second, sids: reservations.map(({ sid }) => sid) };
}

/** How messages about a task name its status. */
const placeOf = (taskSid: string) =>
  `task ${taskSid} in workspace ${workspaceSid} for account ${taskrouter.accountSid}`;

describe('400 with 20001 and the known text', () => {
  it('for completing a task that is not assigned', async () => {
    const { sid } = await workspace.tasks.create({});
    const error = await refusal(workspace.tasks(sid).update({ assignmentStatus: 'completed' }));
    expect(error).toMatchObject(
      expected(400, 20001, `Cannot complete ${placeOf(sid)} because it is not currently assigned.`),
    );
  });

  it('for canceling a task that is not pending or reserved', async () => {
    const { task, first } = await offered();
    await first.update({ reservationStatus: 'accepted' });
    const error = await refusal(workspace.tasks(task.sid).update({ assignmentStatus: 'canceled' }));
    expect(error).toMatchObject(
      expected(400, 20001, `Cannot cancel ${placeOf(task.sid)} because it is not pending or reserved.`),
    );
  });

  it('for wrapping up a task that is not assigned', async () => {
    const { sid } = await workspace.tasks.create({});
    const error = await refusal(workspace.tasks(sid).update({ assignmentStatus: 'wrapping' }));
    expect(error).toMatchObject(
      expected(400, 20001, `Cannot wrap up a ${placeOf(sid)} because it is not currently assigned.`),
    );
  });

  it('for accepting twice', async () => {
    const { first, sids } = await offered();
    await first.update({ reservationStatus: 'accepted' });
    expect(await refusal(first.update({ reservationStatus: 'accepted' }))).toMatchObject(
      expected(
        400,
        20001,
        `Reservation ${sids[0]} is already in state [accepted] and cannot be updated to [accepted]`,
      ),
    );
  });

  it('for a malformed RoutingTarget', async () => {
    expect(await refusal(workspace.tasks.create({ routingTarget: 'Alice' }))).toMatchObject(
      expected(
        400,
        20001,
        `Value 'Alice' provided for WorkflowSid as RoutingTarget has an invalid format. WorkspaceSid: ${workspaceSid}, AccountSid: ${taskrouter.accountSid}`,
      ),
    );
  });

  it('for a task without a workflow where there are several', async () => {
    const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queueSid } } });
    await workspace.workflows.create({ friendlyName: 'Another', configuration });
    expect(await refusal(workspace.tasks.create({}))).toMatchObject(
      expected(400, 20001, 'WorkflowSid field is required'),
    );
  });

  it('for the name of another worker', async () => {
    await workspace.workers.create({ friendlyName: 'Alice' });
    expect(await refusal(workspace.workers.create({ friendlyName: 'alice' }))).toMatchObject(
      expected(400, 20001, 'Worker with the same friendly name already exists'),
    );
  });

  it('for the name of another queue', async () => {
    await workspace.taskQueues.create({ friendlyName: 'Support' });
    const { workspaceSid, accountSid } = await workspace.taskQueues(queueSid).fetch();
    expect(await refusal(workspace.taskQueues.create({ friendlyName: 'Support' }))).toMatchObject(
      expected(
        400,
        20001,
        `Queue named Support already exists for workspace ${workspaceSid} for account ${accountSid}`,
      ),
    );
  });

  it('for an expression with a hyphen, wherever it is', async () => {
    const parser = expect.stringContaining("extraneous input 'evel' expecting OPERATOR");
    const expression = 'skill-level > 3';
    const configuration = JSON.stringify({
      task_routing: { filters: [{ expression, targets: [{ queue: queueSid }] }] },
    });
    for (const attempt of [
      workspace.taskQueues.create({ friendlyName: 'Bad', targetWorkers: expression }),
      workspace.taskQueues(queueSid).update({ targetWorkers: expression }),
      workspace.workflows.create({ friendlyName: 'Bad', configuration }),
      workspace.workers.list({ targetWorkersExpression: expression }),
      workspace.tasks.list({ evaluateTaskAttributes: expression }),
    ]) {
      expect(await refusal(attempt)).toMatchObject(expected(400, 20001, parser));
    }
  });

  it('for a virtual start time in the future, with the word future', async () => {
    const virtualStartTime = new Date(taskrouter.clock.now() + 60_000);
    expect(await refusal(workspace.tasks.create({ virtualStartTime }))).toMatchObject(
      expected(400, 20001, expect.stringContaining('future')),
    );
  });
});

describe('400 with 20001 and our own text', () => {
  const nobody = `WK${'f'.repeat(32)}`;
  it.each<[string, string, () => Promise<unknown>]>([
    [
      'a missing name',
      'FriendlyName field is required',
      () => workspace.workers.create({ friendlyName: '' }),
    ],
    [
      'a sid of another kind',
      `Value '${nobody}' provided for ActivitySid has an invalid format.`,
      () => workspace.workers.list({ activitySid: nobody }),
    ],
    [
      'attributes that are no JSON',
      'Invalid JSON provided for Attributes',
      () => workspace.tasks.create({ attributes: '{' }),
    ],
    [
      'attributes that are no object',
      'Invalid JSON provided for Attributes',
      () => workspace.tasks.create({ attributes: '[]' }),
    ],
    [
      'attributes that are too long',
      'is out of range',
      () => workspace.tasks.create({ attributes: JSON.stringify({ text: 'x'.repeat(4096) }) }),
    ],
    ['a priority below 0', 'is out of range', () => workspace.tasks.create({ priority: -1 })],
    [
      'a time-to-live over two weeks',
      'is out of range',
      () => workspace.tasks.create({ timeout: 1_209_601 }),
    ],
    [
      'more than 50 workers at a time',
      'is out of range',
      () => workspace.taskQueues.create({ friendlyName: 'Many', maxReservedWorkers: 51 }),
    ],
    [
      'a channel that nobody knows',
      "Value 'pigeon' provided for TaskChannel does not exist in this Workspace",
      () => workspace.tasks.create({ taskChannel: 'pigeon' }),
    ],
    [
      'both dates in an ordering',
      'not both',
      () => workspace.tasks.list({ ordering: 'DateCreated:asc,VirtualStartTime:asc' }),
    ],
    ['the deletion of a queue in use', 'is used by Workflow', () => workspace.taskQueues(queueSid).remove()],
    ['the deletion of a built-in channel', 'it is built in', () => workspace.taskChannels('voice').remove()],
    [
      'going back to single-tasking',
      'cannot be changed from true to false',
      () => client.taskrouter.v1.workspaces(workspaceSid).update({ multiTaskEnabled: false }),
    ],
  ])('for %s', async (_case, text, attempt) => {
    expect(await refusal(attempt())).toMatchObject(expected(400, 20001, expect.stringContaining(text)));
  });

  it('for rejecting pending reservations when moving to an available activity', async () => {
    const alice = await workspace.workers.create({ friendlyName: 'Alice' });
    const update = { activitySid: idle, rejectPendingReservations: true };
    expect(await refusal(workspace.workers(alice.sid).update(update))).toMatchObject(
      expected(400, 20001, expect.stringContaining('RejectPendingReservations')),
    );
  });

  it.each(['pending', 'timeout', 'rescinded'] as const)(
    'for a client that makes a reservation %s',
    async (status) => {
      const { first } = await offered();
      expect(await refusal(first.update({ reservationStatus: status }))).toMatchObject(expected(400, 20001));
    },
  );

  it('for changing the attributes of a task together with its completion', async () => {
    const { task, first } = await offered();
    await first.update({ reservationStatus: 'accepted' });
    const both = { assignmentStatus: 'completed', attributes: '{}' } as const;
    expect(await refusal(workspace.tasks(task.sid).update(both))).toMatchObject(
      expected(400, 20001, expect.stringContaining('send two')),
    );
  });
});

describe('the other statuses', () => {
  it('400 with 40153 for a page without its token', async () => {
    expect(await refusal(workspace.workers.page({ pageNumber: 2 }))).toMatchObject(expected(400, 40153));
  });

  it('400 with 14241 for statistics of more than 30 days ago', async () => {
    const startDate = new Date(taskrouter.clock.now() - 31 * 86_400_000);
    expect(await refusal(workspace.statistics().fetch({ startDate }))).toMatchObject(expected(400, 14241));
  });

  it.each([
    ['a wrong token', 'wrong', undefined],
    ['another account', undefined, `AC${'f'.repeat(32)}`],
  ])('401 with 20003 for %s', async (_case, token, account) => {
    const stranger = twilio(account ?? taskrouter.accountSid, token ?? taskrouter.authToken);
    stranger.taskrouter.baseUrl = taskrouter.url;
    expect(await refusal(stranger.taskrouter.v1.workspaces.list())).toMatchObject(
      expected(401, 20003, 'Authenticate'),
    );
  });

  it('404 with 20404 and the path, without its version', async () => {
    const sid = `WK${'f'.repeat(32)}`;
    expect(await refusal(workspace.workers(sid).fetch())).toMatchObject(
      expected(404, 20404, `The requested resource /Workspaces/${workspaceSid}/Workers/${sid} was not found`),
    );
  });

  it('404 with 20404 and the path where a sid is empty', async () => {
    const missing = client.taskrouter.v1.workspaces('');
    for (const [attempt, path] of [
      [missing.taskQueues.list(), '/Workspaces//TaskQueues'],
      [missing.tasks.create({}), '/Workspaces//Tasks'],
      [missing.activities(idle).remove(), `/Workspaces//Activities/${idle}`],
      [workspace.tasks('').reservations.list(), `/Workspaces/${workspaceSid}/Tasks//Reservations`],
      [workspace.workers('').workerChannels.list(), `/Workspaces/${workspaceSid}/Workers//Channels`],
    ] as const)
      expect(await refusal(attempt)).toMatchObject(
        expected(404, 20404, `The requested resource ${path} was not found`),
      );
  });

  it('405 with 20004 for a method that the path does not have', async () => {
    const uri = `${taskrouter.url}/v1/Workspaces/${workspaceSid}/Events`;
    const { statusCode, body } = await client.request({ method: 'post', uri });
    expect([statusCode, body.code, body.message]).toEqual([405, 20004, 'Method not allowed']);
  });

  it('410 for accepting a reservation that was rescinded', async () => {
    const { task, second, sids } = await offeredToTwo();
    expect((await workspace.tasks(task.sid).fetch()).assignmentStatus).toBe('assigned');
    expect(await refusal(second.update({ reservationStatus: 'accepted' }))).toMatchObject(
      expected(
        410,
        20001,
        `Reservation ${sids[1]} is already in state [rescinded] and cannot be updated to [accepted]`,
      ),
    );
  });

  it('412 with 20412 for another version, of a task, a worker and a reservation', async () => {
    const { task, first } = await offered();
    const [worker] = await workspace.workers.list();
    for (const attempt of [
      workspace.tasks(task.sid).update({ priority: 1, ifMatch: '99' }),
      workspace.tasks(task.sid).remove({ ifMatch: '99' }),
      workspace.workers(worker?.sid as string).update({ friendlyName: 'Al', ifMatch: '"99"' }),
      first.update({ reservationStatus: 'accepted', ifMatch: 'W/"99"' }),
    ]) {
      expect(await refusal(attempt)).toMatchObject(expected(412, 20412, 'Precondition failed'));
    }
  });

  it('429 with 20429 for more than three lists with an expression in a second', async () => {
    const list = () => workspace.workers.list({ targetWorkersExpression: '1==1' });
    for (let count = 0; count < 3; count += 1) await list();
    expect(await refusal(list())).toMatchObject(expected(429, 20429, 'Too Many Requests'));
  });
});

/** A task offered to two workers at the same time. The first has accepted. */
async function offeredToTwo() {
  for (const friendlyName of ['Alice', 'Bob'])
    await workspace.workers.create({ friendlyName, activitySid: idle });
  const { task, first, second, sids } = await offered([]);
  await first.update({ reservationStatus: 'accepted' });
  if (!second) throw new Error('only one worker was offered the task');
  return { task, second, sids };
}
