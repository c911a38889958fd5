import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import {
  anywhere,
  type Ready,
  removeFolders,
  TaskrouterProcess,
  temporaryFolder,
  workspaceOf,
} from './taskrouter-process';

jest.setTimeout(60_000);
afterEach(() => TaskrouterProcess.endAll());
afterAll(removeFolders);

const start = (...args: string[]) => new TaskrouterProcess(['start', ...anywhere, ...args]);

async function call(
  ready: Ready,
  location: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${ready.functionsUrl}${location}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('taskrouter start', () => {
  it('says in one line of JSON when everything answers, and nothing else on standard output', async () => {
    const run = start('--memory');
    const ready = await run.ready();
    expect(ready).toEqual({
      event: 'ready',
      functionsUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      taskrouterUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
      authToken: expect.any(String),
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
    const { code, output, errors } = await run.stop('SIGTERM');
    expect(code).toBe(0);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(errors).not.toContain(ready.authToken);
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

  it('goes on after a restart on other ports: same sids, tasks, workers and credentials', async () => {
    const data = temporaryFolder();
    const first = start('--data', data);
    const before = await first.ready();
    const created = await call(before, '/create-task');
    await call(before, '/set-worker-activity?worker=Alice&activity=Idle');
    expect((await first.stop('SIGINT')).code).toBe(130);

    const after = await start('--data', data).ready();
    const { functionsUrl: _, taskrouterUrl: __, ...same } = after;
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
    const answers = [ready.operator.password, 'wrong'].map((password) =>
      fetch(`${ready.functionsUrl}/lifecycle`, { headers: basic(password) }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 401]);
  });
});

describe('taskrouter serve', () => {
  it('runs the TaskRouter alone, without callbacks', async () => {
    const ready = await new TaskrouterProcess(['serve', ...anywhere, '--memory']).ready();
    expect(ready.functionsUrl).toBeNull();
    const workflow = await workspaceOf(ready).workflows(ready.workflowSid).fetch();
    expect(workflow.assignmentCallbackUrl).toBeNull();
  });

  it('takes away the callback URLs of an earlier start on the same data', async () => {
    const data = temporaryFolder();
    const first = start('--data', data);
    await first.ready();
    await first.stop();
    const ready = await new TaskrouterProcess(['serve', ...anywhere, '--data', data]).ready();
    const workflow = await workspaceOf(ready).workflows(ready.workflowSid).fetch();
    expect(workflow.assignmentCallbackUrl).toBeNull();
    expect((await workspaceOf(ready).fetch()).eventCallbackUrl).toBe('');
  });

  it('points the callbacks at Functions that run elsewhere', async () => {
    const elsewhere = ['--functions-url', 'http://127.0.0.1:9/'];
    const ready = await new TaskrouterProcess(['serve', ...anywhere, '--memory', ...elsewhere]).ready();
    const workflow = await workspaceOf(ready).workflows(ready.workflowSid).fetch();
    expect(workflow.assignmentCallbackUrl).toBe('http://127.0.0.1:9/assignment-callback');
  });
});

describe('what keeps it from starting ends with its exit code and a sentence that says what to do', () => {
  it('4: a port in use, naming the flag that moves ours', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const run = new TaskrouterProcess([
      'start',
      '--memory',
      '--port',
      '0',
      '--taskrouter-port',
      String(port),
    ]);
    const { code, errors } = await run.ended();
    other.close();
    expect({ code, errors }).toEqual({ code: 4, errors: expect.stringContaining('--taskrouter-port') });
  });

  it('5: a data directory that another process uses', async () => {
    const data = temporaryFolder();
    await start('--data', data).ready();
    const { code, errors } = await start('--data', data).ended();
    expect({ code, errors }).toEqual({ code: 5, errors: expect.stringContaining('--data') });
  });

  it('5: a data directory that is damaged, without starting empty over it', async () => {
    const data = path.join(temporaryFolder(), 'data');
    mkdirSync(data);
    writeFileSync(path.join(data, 'taskrouter.db'), 'this is not a database, and not empty either');
    const { code, errors } = await start('--data', data).ended();
    expect({ code, errors }).toEqual({ code: 5, errors: expect.stringContaining('taskrouter.db') });
  });

  it('5: credentials that are damaged', async () => {
    const data = temporaryFolder();
    writeFileSync(path.join(data, 'credentials.json'), 'not ours');
    const { code, errors } = await start('--data', data).ended();
    expect({ code, errors }).toEqual({ code: 5, errors: expect.stringContaining('credentials.json') });
  });

  it('3: a broken workspace file, naming the place', async () => {
    const file = path.join(temporaryFolder(), 'workspace.json');
    writeFileSync(file, JSON.stringify({ friendlyName: 'Broken', activities: 'none' }));
    const { code, errors } = await start('--memory', '--workspace', file).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('activities') });
  });

  it.each([
    ['an unknown flag', ['start', '--prot', '3000'], 'prot'],
    ['an unknown command', ['strat'], 'strat'],
    ['a port that is none', ['start', '--port', '70000'], '--port'],
    ['no command', [], 'taskrouter start'],
  ])('3: %s', async (_what, args, named) => {
    const { code, errors } = await new TaskrouterProcess(args).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining(named) });
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('3: credentials in the environment that are none', async () => {
    const run = new TaskrouterProcess(['start', ...anywhere, '--memory'], {
      TASKROUTER_LOCAL_ACCOUNT_SID: 'AC1',
    });
    const { code, errors } = await run.ended();
    expect({ code, errors }).toEqual({
      code: 3,
      errors: expect.stringContaining('TASKROUTER_LOCAL_ACCOUNT_SID'),
    });
  });
});
