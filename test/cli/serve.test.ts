import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
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
