import type { Readable } from 'node:stream';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import {
  anywhere,
  type Ready,
  TaskrouterProcess,
  temporaryFolder,
  workspaceOf,
} from '../support/taskrouter-process';

endCommandsAfterEach();

const start = (...args: string[]) => new TaskrouterCommand(['start', ...anywhere, ...args]);
const startProcess = (...args: string[]) => new TaskrouterProcess(['start', ...anywhere, ...args]);

async function call(
  ready: Ready,
  location: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${ready.functionsUrl}${location}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('taskrouter start', () => {
  it('prints one line of JSON when everything responds, and nothing else on standard output', async () => {
    const run = startProcess('--memory');
    const ready = await run.ready();
    expect(ready).toEqual({
      event: 'ready',
      functionsUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      taskrouterUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      eventBridgeUrl: `${ready.taskrouterUrl}/v1/wschannels`,
      accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      authToken: expect.any(String),
      apiKeySid: expect.stringMatching(/^SK[0-9a-f]{32}$/),
      apiKeySecret: expect.any(String),
      operator: { username: 'operator', password: expect.any(String) },
      workspaceSid: expect.stringMatching(/^WS[0-9a-f]{32}$/),
      workflowSid: expect.stringMatching(/^WW[0-9a-f]{32}$/),
      workers: { Alice: expect.stringMatching(/^WK/), Bob: expect.stringMatching(/^WK/) },
      taskQueues: {
        'Customer Care Requests - Spanish': expect.stringMatching(/^WQ/),
        'Customer Care Requests - English': expect.stringMatching(/^WQ/),
      },
      activities: {
        Offline: expect.stringMatching(/^WA/),
        Idle: expect.stringMatching(/^WA/),
        Busy: expect.stringMatching(/^WA/),
        Reserved: expect.stringMatching(/^WA/),
      },
    });
    const { code, output, errors } = await run.stop('SIGINT');
    expect(code).toBe(130);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(errors).not.toContain(ready.authToken);
    expect(errors).not.toContain(ready.apiKeySecret);
    expect(errors).not.toContain(ready.operator.password);
  });

  it('follows the tutorial by hand: bare create-task, Alice Idle, callback, accept with and without reservation_sid', async () => {
    const ready = await start('--memory').ready();
    for (const named of [false, true]) {
      await call(ready, '/set-worker-activity?worker=Alice&activity=Offline');
      const created = await call(ready, '/create-task');
      expect(created).toMatchObject({
        status: 201,
        body: { assignment_status: 'pending', attributes: { selected_language: 'es' } },
      });
      const task = created.body.task_sid as string;
      const none = await call(ready, `/accept-reservation?task_sid=${task}`);
      expect(none).toMatchObject({ status: 409, body: { code: 'no_pending_reservation' } });

      await call(ready, '/set-worker-activity?worker=Alice&activity=Idle');
      const [reservation] = await workspaceOf(ready).tasks(task).reservations.list();
      expect(reservation).toMatchObject({ reservationStatus: 'pending', workerName: 'Alice' });
      const sid = named ? `&reservation_sid=${reservation?.sid}` : '';
      const accepted = await call(ready, `/accept-reservation?task_sid=${task}${sid}`);
      expect(accepted).toMatchObject({
        status: 200,
        body: { worker_name: 'Alice', reservation_status: 'accepted', assignment_status: 'assigned' },
      });
      const alice = await workspaceOf(ready)
        .workers(ready.workers.Alice as string)
        .fetch();
      expect(alice.activityName).toBe('Busy');
    }
  });

  it('goes on after a restart on other ports: same sids, tasks, workers and credentials, and nothing is stuck', async () => {
    const data = temporaryFolder();
    const first = start('--data', data);
    const before = await first.ready();
    const created = await call(before, '/create-task');
    await call(before, '/set-worker-activity?worker=Alice&activity=Idle');
    expect((await first.stop('SIGINT')).code).toBe(130);

    const after = await start('--data', data).ready();
    const { functionsUrl: _, taskrouterUrl: __, eventBridgeUrl: ___, ...same } = after;
    expect(before).toMatchObject(same);
    const task = await workspaceOf(after)
      .tasks(created.body.task_sid as string)
      .fetch();
    expect(task.assignmentStatus).toBe('reserved');
    const accepted = await call(after, `/accept-reservation?task_sid=${task.sid}`);
    expect(accepted).toMatchObject({
      status: 200,
      body: { worker_name: 'Alice', reservation_status: 'accepted' },
    });
    await call(after, `/complete-task?task_sid=${task.sid}`);
    const doctor = await new TaskrouterCommand(['doctor', '--data', data]).ended();
    expect(doctor).toEqual({ code: 0, output: expect.stringMatching(/^Nothing is stuck in /), errors: '' });
  });

  it('asks for the password with --operator-auth', async () => {
    const ready = await start('--memory', '--operator-auth').ready();
    expect(await call(ready, '/lifecycle')).toMatchObject({
      status: 401,
      body: { code: 'sign_in_required' },
    });
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`,
    });
    const responses = [ready.operator.password, 'wrong'].map((password) =>
      fetch(`${ready.functionsUrl}/lifecycle`, { headers: basic(password) }),
    );
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([200, 401]);
  });
});

it('ends with 5 for a data directory that another process uses', async () => {
  const data = temporaryFolder();
  await startProcess('--data', data).ready();
  const { code, errors } = await start('--data', data).ended();
  expect({ code, errors }).toEqual({ code: 5, errors: expect.stringContaining('--data') });
});

it('has its callback URLs taken away by a later serve on the same data', async () => {
  const data = temporaryFolder();
  const first = start('--data', data);
  await first.ready();
  await first.stop();
  const ready = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
  const workflow = await workspaceOf(ready).workflows(ready.workflowSid).fetch();
  expect(workflow.assignmentCallbackUrl).toBeNull();
  expect((await workspaceOf(ready).fetch()).eventCallbackUrl).toBe('');
});

it('goes on without its log when the reader of its output has gone, as in `start | head`', async () => {
  const readable = anywhere.filter((flag) => flag !== '--json');
  const run = new TaskrouterProcess(['start', ...readable, '--memory', '--verbose']);
  const output = run.child.stdout as Readable;
  let text = '';
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('Ctrl+C')) break;
  }
  const [, page] = /Lifecycle page +(\S+)/.exec(text) ?? [];
  output.destroy();
  // It writes a line for each callback, and finds the pipe closed.
  for (let task = 0; task < 3; task++) expect((await fetch(`${page}create-task`)).status).toBe(201);
  expect(await run.stop()).toMatchObject({ code: 0, errors: '' });
});
