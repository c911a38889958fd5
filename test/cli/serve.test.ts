import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, temporaryFolder, workspaceOf } from '../support/taskrouter-process';

endCommandsAfterEach();

const start = (...args: string[]) => new TaskrouterCommand(['start', ...anywhere, ...args]);

describe('taskrouter serve', () => {
  it('runs the TaskRouter alone, without callbacks', async () => {
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--memory']).ready();
    expect(ready.functionsUrl).toBeNull();
    const workflow = await workspaceOf(ready).workflows(ready.workflowSid).fetch();
    expect(workflow.assignmentCallbackUrl).toBeNull();
  });

  it('points the callbacks at Functions that run elsewhere', async () => {
    const elsewhere = ['--functions-url', 'http://127.0.0.1:9/'];
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--memory', ...elsewhere]).ready();
    const workflow = await workspaceOf(ready).workflows(ready.workflowSid).fetch();
    expect(workflow.assignmentCallbackUrl).toBe('http://127.0.0.1:9/assignment-callback');
  });
});

describe('the terminal', () => {
  const credentials = {
    TASKROUTER_LOCAL_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TASKROUTER_LOCAL_AUTH_TOKEN: '2'.repeat(32),
  };

  /** @returns the lines that begin with a time, once the callbacks of a task's creation and of its offer to Alice have arrived */
  async function linesOf(...args: string[]): Promise<string[]> {
    const expected = new Set(['task.created', 'assignment']);
    let onArrival = () => {};
    const arrived = new Promise<void>((resolve) => {
      onArrival = resolve;
    });
    const receiver = createHttpServer(async (request, response) => {
      const isAssignment = request.url === '/assignment-callback';
      const form = new URLSearchParams(await text(request));
      response.writeHead(isAssignment ? 200 : 204).end();
      expected.delete(isAssignment ? 'assignment' : (form.get('EventType') ?? ''));
      if (expected.size === 0) onArrival();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => receiver.once('listening', resolve));
    const functionsUrl = `http://127.0.0.1:${(receiver.address() as { port: number }).port}`;
    const flags = [
      ...anywhere.filter((flag) => flag !== '--json'),
      '--memory',
      '--functions-url',
      functionsUrl,
      ...args,
    ];
    const command = new TaskrouterCommand(['serve', ...flags], credentials);
    const banner = await command.written(/WORKFLOW_SID=\S+/);
    const value = (name: string) => new RegExp(`${name}=(\\S+)`).exec(banner)?.[1] as string;
    const workspace = workspaceOf({
      accountSid: credentials.TASKROUTER_LOCAL_ACCOUNT_SID,
      authToken: credentials.TASKROUTER_LOCAL_AUTH_TOKEN,
      taskrouterUrl: value('TASKROUTER_BASE_URL'),
      workspaceSid: value('WORKSPACE_SID'),
    } as Parameters<typeof workspaceOf>[0]);
    const [alice] = await workspace.workers.list({ friendlyName: 'Alice' });
    const [idle] = await workspace.activities.list({ friendlyName: 'Idle' });
    await workspace.workers(alice?.sid as string).update({ activitySid: idle?.sid as string });
    await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
    await arrived;
    const { output } = await command.stop();
    receiver.close();
    return output.split('\n').filter((line) => /^\d\d:\d\d:\d\d {2}/.test(line));
  }

  it('shows assignment callbacks with the time, and no event callbacks', async () => {
    const lines = await linesOf();
    expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d {2}assignment WT\w+ → Alice {2}POST /)]);
  });

  it('shows event callbacks, too, with --verbose', async () => {
    const lines = await linesOf('--verbose');
    expect(lines).toContainEqual(expect.stringMatching(/^\S+ {2}event task\.created WT\w+ {2}POST /));
  });
});

it.each(['name.example', 'ftp://name.example', 'https://name.example/path', 'https://user@name.example'])(
  'rejects --public-url %s with 3',
  async (url) => {
    const { code, errors } = await new TaskrouterCommand(['serve', '--memory', '--public-url', url]).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('--public-url must be') });
  },
);

describe('what keeps it from starting: an exit code, and what to do', () => {
  it('4: a port in use, naming the flag that moves ours', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const run = new TaskrouterCommand([
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
    ['an unknown command', ['frobnicate'], 'frobnicate'],
    ['a misspelled command', ['strat'], 'Unknown command "strat". Did you mean start?'],
    ['a misspelled subcommand', ['workspace', 'aply'], 'Unknown command "aply". Did you mean apply?'],
    ['an invalid port', ['start', '--port', '70000'], '--port must be a whole number'],
    ['a port that is not a number', ['start', '--port', 'http'], '--port must be a whole number'],
    ['a port without a number', ['start', '--port'], 'port'],
    ['a port followed by another flag', ['start', '--port', '--memory'], 'port'],
    ['no command', [], 'Missing command. Try: taskrouter start'],
    ['a missing --env file', ['start', '--memory', '--env', 'no.env'], '--env: no.env does not exist'],
  ])('3: %s', async (_what, args, message) => {
    const { code, errors } = await new TaskrouterCommand(args).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining(message) });
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('3: a host that cannot be resolved, without a stack', async () => {
    const { code, errors } = await start('--memory', '--host', 'no-such-host.invalid').ended();
    expect({ code, errors }).toEqual({
      code: 3,
      errors: expect.stringContaining('Cannot listen on host no-such-host.invalid'),
    });
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('5: a data directory that cannot be created', async () => {
    const { code, errors } = await start('--data', '/proc/none/data').ended();
    expect({ code, errors }).toEqual({ code: 5, errors: expect.stringContaining('/proc/none/data') });
  });

  it('3: credentials in the environment that are none', async () => {
    const run = new TaskrouterCommand(['start', ...anywhere, '--memory'], {
      TASKROUTER_LOCAL_ACCOUNT_SID: 'AC1',
    });
    const { code, errors } = await run.ended();
    expect({ code, errors }).toEqual({
      code: 3,
      errors: expect.stringContaining('TASKROUTER_LOCAL_ACCOUNT_SID'),
    });
  });
});

describe('help', () => {
  const helpOf = async (command: string) => (await new TaskrouterCommand([command, '--help']).ended()).output;

  it('lists the flags of the Functions for start', async () => {
    expect(await helpOf('start')).toMatch(/--port [\s\S]*--env /);
  });

  it('leaves them out for serve, which runs no Functions', async () => {
    const help = await helpOf('serve');
    expect(help).toContain('--taskrouter-port');
    expect(help).not.toMatch(/--port |--env /);
  });
});
