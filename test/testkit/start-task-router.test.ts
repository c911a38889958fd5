import twilio from 'twilio';
import type { CallbackRequest, TestTaskRouter } from '../../src/testkit/contract';
import { startTaskRouter } from '../../src/testkit/index';

const open: { close(): Promise<void> }[] = [];
const kept = <Instance extends { close(): Promise<void> }>(instance: Instance): Instance => {
  open.push(instance);
  return instance;
};
afterEach(async () => {
  for (const instance of open.splice(0)) await instance.close();
});

const accept = () => ({ body: { instruction: 'accept' } });
const spanish = '{"selected_language":"es"}';
const workspaceOf = ({ client, workspaceSid }: TestTaskRouter) =>
  client.taskrouter.v1.workspaces(workspaceSid);
const makeIdle = (taskRouter: TestTaskRouter, worker: string) =>
  workspaceOf(taskRouter)
    .workers(taskRouter.workers[worker] as string)
    .update({ activitySid: taskRouter.activities.Idle as string });

const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => Promise.reject(new Error('it was not rejected')),
    (error: Error) => error,
  );

it('starts with the tutorial workspace, and assigns a task to the worker that accepts', async () => {
  const requests: CallbackRequest[] = [];
  const respond = (request: CallbackRequest) => {
    requests.push(request);
    return request.kind === 'assignment' ? accept() : undefined;
  };
  const taskRouter = kept(await startTaskRouter({ respond }));
  await makeIdle(taskRouter, 'Alice');
  const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });

  const task = await taskRouter.waitFor(sid, 'assigned');
  expect(task).toMatchObject({ sid, assignmentStatus: 'assigned' });
  expect(taskRouter.callbacks({ kind: 'assignment' })).toMatchObject([
    {
      taskSid: sid,
      workerSid: taskRouter.workers.Alice,
      outcome: 'instruction:accept',
      requests: [
        { url: 'http://functions.test/assignment-callback', response: { status: 200 }, error: null },
      ],
    },
  ]);
  const [assignment] = requests.filter(({ kind }) => kind === 'assignment');
  const { url = '', parameters = {}, headers = {} } = assignment ?? {};
  const signature = headers['X-Twilio-Signature'] as string;
  expect(twilio.validateRequest(taskRouter.authToken, signature, url, parameters)).toBe(true);
  expect(taskRouter.events({ taskSid: sid }).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['task.created', 'reservation.created', 'reservation.accepted']),
  );
  expect(taskRouter.events({ type: 'task.created' })).toMatchObject([{ resourceSid: sid }]);
});

it('stands still until it is advanced, and then handles everything in order', async () => {
  const taskRouter = kept(await startTaskRouter({ now: '2030-05-01T08:00:00Z' }));
  await makeIdle(taskRouter, 'Alice');
  const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
  expect(taskRouter.now()).toEqual(new Date('2030-05-01T08:00:00Z'));
  await taskRouter.advance(1199);
  const status = async () => (await workspaceOf(taskRouter).tasks(sid).fetch()).assignmentStatus;
  expect(await status()).toBe('reserved');
  expect(await taskRouter.advanceToNext()).toEqual(new Date('2030-05-01T08:20:00Z'));
  expect(await status()).toBe('pending');
  const { dateCreated } = await workspaceOf(taskRouter).tasks(sid).fetch();
  expect(dateCreated).toEqual(new Date('2030-05-01T08:00:00Z'));
});

it('simulates a call whose TwiML comes from the respond function', async () => {
  const taskRouter: TestTaskRouter = kept(
    await startTaskRouter({
      respond: ({ kind, url, method, parameters }) => {
        if (kind !== 'voice') return undefined;
        expect([url, method, parameters.From]).toEqual([
          'http://functions.test/incoming-call',
          'POST',
          '+15550111',
        ]);
        const enqueue = `<Enqueue workflowSid="${taskRouter.workflowSid}"><Task>${spanish}</Task></Enqueue>`;
        return { headers: { 'Content-Type': 'text/xml' }, body: `<Response>${enqueue}</Response>` };
      },
    }),
  );
  const call = await taskRouter.call({ from: '+15550111' });
  expect((await taskRouter.waitFor(String(call.taskSid), 'pending')).taskChannelUniqueName).toBe('voice');
  await call.hangUp();
  expect((await taskRouter.waitFor(String(call.taskSid), 'canceled')).reason).toBe('hangup');
  await expect(call.hangUp()).rejects.toThrow('not in progress');
  await expect(kept(await startTaskRouter()).call({ from: '+15550111' })).rejects.toThrow('url field');
});

it('sends callbacks to the URLs of the workspace when there is no respond function', async () => {
  const taskRouter = kept(await startTaskRouter({ functionsUrl: 'http://127.0.0.1:9/' }));
  await makeIdle(taskRouter, 'Alice');
  const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
  await taskRouter.advance(0);
  const [callback] = taskRouter.callbacks({ kind: 'assignment', taskSid: sid });
  expect(callback?.outcome).toBe('failed');
  expect(callback?.requests[0]).toMatchObject({
    url: 'http://127.0.0.1:9/assignment-callback',
    response: null,
    error: expect.stringContaining('connection_refused'),
  });
});

describe('waitFor', () => {
  it('advances as far as needed', async () => {
    const taskRouter = kept(await startTaskRouter());
    const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish, timeout: 7200 });
    await taskRouter.waitFor(sid, 'canceled');
    expect(taskRouter.now()).toEqual(new Date('2026-01-31T14:00:00Z'));
  });

  it('notices a status that the task has only briefly', async () => {
    let requestCount = 0;
    const taskRouter = kept(
      await startTaskRouter({
        respond: ({ kind }) => (kind === 'assignment' && requestCount++ ? accept() : { status: 500 }),
      }),
    );
    await makeIdle(taskRouter, 'Alice');
    const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
    await taskRouter.waitFor(sid, 'pending');
    expect((await taskRouter.waitFor(sid, 'reserved')).assignmentStatus).toBe('assigned');
  });

  it('reports what happened to the task when it does not reach the status', async () => {
    const taskRouter = kept(
      await startTaskRouter({ respond: ({ kind }) => (kind === 'event' ? {} : { status: 500 }) }),
    );
    await makeIdle(taskRouter, 'Alice');
    const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
    const error = await errorOf(taskRouter.waitFor(sid, 'assigned', { timeoutSeconds: 2 }));
    expect(error.message).toContain(
      `Task ${sid} is not assigned: it is pending, and there are no more deadlines`,
    );
    expect(error.message).toContain('2026-01-31T12:00:00.000Z  reservation.created Alice');
    expect(error.message).toContain('assignment callback: failed');
    expect(error.message).toContain('Workers: Alice (Idle, available), Bob (Offline)');
  });

  it('says why a task waits, also when it does not reach the status', async () => {
    const taskRouter = kept(await startTaskRouter());
    const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
    const summary =
      'It waits in the queue "Customer Care Requests - Spanish". Alice is Offline, which is not available. Set Alice to Idle.';
    expect(taskRouter.explain(sid)).toMatchObject({
      task_sid: sid,
      assignment_status: 'pending',
      summary,
    });
    const error = await errorOf(taskRouter.waitFor(sid, 'assigned', { timeoutSeconds: 2 }));
    expect(error.message).toContain(summary);
    expect(taskRouter.explainWorker(taskRouter.workers.Alice ?? '')).toMatchObject({
      reasons: [{ code: 'not_available' }],
      tasks: [{ task_sid: sid }],
    });
    expect(() => taskRouter.explain('WT0')).toThrow('Task WT0 does not exist.');
  });

  it('says why a reservation went to its worker', async () => {
    const taskRouter = kept(await startTaskRouter());
    const { Alice = '' } = taskRouter.workers;
    await workspaceOf(taskRouter)
      .workers(Alice)
      .update({ activitySid: taskRouter.activities.Idle ?? '' });
    const task = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
    const [reservation] = await workspaceOf(taskRouter).tasks(task.sid).reservations.list();
    expect(taskRouter.explainReservation(reservation?.sid ?? '')).toMatchObject({
      task_sid: task.sid,
      worker_sid: Alice,
      summary: expect.stringContaining('because no other worker could be offered it.'),
      workers: [{ worker_name: 'Alice' }, { worker_name: 'Bob', eligible: false }],
    });
    expect(() => taskRouter.explainReservation('WR0')).toThrow('WR0 was offered is not recorded');
  });

  it('does not wait on for a task that is finished, or for one that is not there', async () => {
    const taskRouter = kept(await startTaskRouter());
    const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
    await workspaceOf(taskRouter).tasks(sid).update({ assignmentStatus: 'canceled' });
    const { message } = await errorOf(taskRouter.waitFor(sid, 'assigned'));
    expect(message).toContain('it is canceled, and it cannot change anymore');
    expect(taskRouter.now()).toEqual(new Date('2026-01-31T12:00:00Z'));
    await expect(taskRouter.waitFor(`WT${'0'.repeat(32)}`, 'assigned')).rejects.toThrow('does not exist');
  });

  it("stands by when the clock is the system's", async () => {
    const taskRouter = kept(await startTaskRouter({ clock: 'system', respond: accept }));
    const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
    const waited = taskRouter.waitFor(sid, 'assigned');
    await makeIdle(taskRouter, 'Alice');
    expect((await waited).assignmentStatus).toBe('assigned');
    const late = taskRouter.waitFor(sid, 'completed', { timeoutSeconds: 0.01 });
    await expect(late).rejects.toThrow('timed out after 0.01 s');
    await expect(taskRouter.advance(1)).rejects.toThrow('Only a virtual clock');
  });
});

describe('the options', () => {
  it('give credentials, a port and another workspace', async () => {
    const first = kept(
      await startTaskRouter({ accountSid: `AC${'a'.repeat(32)}`, authToken: 'my-token', workspace: null }),
    );
    const port = Number(new URL(first.url).port);
    await first.close();
    const friendlyName = 'Dispatch';
    const taskRouter = kept(
      await startTaskRouter({
        accountSid: `AC${'a'.repeat(32)}`,
        authToken: 'my-token',
        port,
        workspace: { friendlyName, activities: [], taskQueues: [], workflows: [], workers: [] },
      }),
    );
    expect(taskRouter.url).toBe(first.url);
    expect(taskRouter).toMatchObject({ workflowSid: '', workers: {} });
    const { url } = taskRouter;
    const client = twilio(`AC${'a'.repeat(32)}`, 'my-token');
    client.taskrouter.baseUrl = url;
    expect((await client.taskrouter.v1.workspaces.list()).map((each) => each.friendlyName)).toEqual([
      friendlyName,
    ]);
  });

  it('give an API key, which signs in wherever account SID and auth token do', async () => {
    const key = { apiKeySid: `SK${'b'.repeat(32)}`, apiKeySecret: 'my-secret' };
    const taskRouter = kept(await startTaskRouter(key));
    expect(taskRouter).toMatchObject(key);
    const client = twilio(key.apiKeySid, key.apiKeySecret, { accountSid: taskRouter.accountSid });
    client.taskrouter.baseUrl = taskRouter.url;
    const { workers } = client.taskrouter.v1.workspaces(taskRouter.workspaceSid);
    expect((await workers.list()).map(({ friendlyName }) => friendlyName).sort()).toEqual(['Alice', 'Bob']);
  });

  it('take the path of a workspace file', async () => {
    const taskRouter = kept(await startTaskRouter({ workspace: 'workspace.json' }));
    expect(Object.keys(taskRouter.taskQueues)).toHaveLength(2);
  });

  it('are refused with what they should have been', async () => {
    const wrong = [
      { clock: 'sundial' as 'system' },
      { accountSid: 'AC1' },
      { authToken: '' },
      { apiKeySid: 'SK1' },
      { apiKeySecret: '' },
      { now: 'soon' },
    ];
    for (const options of wrong) {
      await expect(startTaskRouter(options)).rejects.toThrow(TypeError);
    }
    await expect(startTaskRouter({ workspace: {} })).rejects.toThrow('friendlyName is missing');
    await expect(startTaskRouter({ workspace: 'none.json' })).rejects.toThrow('none.json does not exist');
  });
});

it('runs many side by side, which know nothing of each other', async () => {
  const several = await Promise.all([1, 2, 3, 4, 5].map(() => startTaskRouter()));
  several.forEach(kept);
  const [first, ...others] = several as [TestTaskRouter, ...TestTaskRouter[]];
  await workspaceOf(first).tasks.create({ attributes: spanish });
  await first.advance(60);
  for (const other of others) {
    expect(await workspaceOf(other).tasks.list()).toEqual([]);
    expect(other.now()).not.toEqual(first.now());
  }
  expect(new Set(several.map(({ url }) => url)).size).toBe(5);
});

it.each([
  [{ seeed: 5 }, 'Unknown option seeed. Valid options: clock, now, seed'],
  [{ functionsURL: 'http://127.0.0.1:3000' }, 'Unknown option functionsURL'],
])('rejects invalid options and lists the valid ones: %j', async (options, message) => {
  const error = await errorOf(startTaskRouter(options as object));
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toContain(message);
});

it('rejects an unknown status without moving the clock', async () => {
  const taskRouter = kept(await startTaskRouter());
  const before = taskRouter.now();
  const { sid } = await workspaceOf(taskRouter).tasks.create({ attributes: spanish });
  const error = await errorOf(taskRouter.waitFor(sid, 'asigned' as never));
  expect(error.message).toContain(
    "Unknown task status 'asigned'. Valid statuses: pending, reserved, assigned",
  );
  expect(taskRouter.now()).toEqual(before);
});

it('rejects an invalid number of seconds, and any move of the clock after it was closed', async () => {
  const taskRouter = kept(await startTaskRouter({ workspace: null }));
  expect(await errorOf(taskRouter.advance(-1))).toBeInstanceOf(RangeError);
  for (const seconds of [Number.NaN, '5' as never])
    expect(await errorOf(taskRouter.advance(seconds))).toBeInstanceOf(TypeError);
  await taskRouter.close();
  expect((await errorOf(taskRouter.advance(5))).message).toContain('closed');
  expect((await errorOf(taskRouter.advanceToNext())).message).toContain('closed');
});
