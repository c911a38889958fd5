import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, type Ready, temporaryFolder, workspaceOf } from '../support/taskrouter-process';

endCommandsAfterEach();

async function used(data: string) {
  const run = new TaskrouterCommand(['serve', ...anywhere, '--data', data]);
  const ready = await run.ready();
  const workspace = workspaceOf(ready);
  await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  await workspace
    .workers(ready.workers.Alice as string)
    .update({ activitySid: ready.activities.Idle as string });
  await workspace.workers.create({ friendlyName: 'Carol' });
  return { run, ready, workspace };
}

async function expectAsWritten(ready: Ready): Promise<void> {
  const workspace = workspaceOf(ready);
  expect(await workspace.tasks.list()).toEqual([]);
  const workers = await workspace.workers.list();
  expect(workers.map(({ sid, friendlyName, activityName }) => [sid, friendlyName, activityName])).toEqual([
    [ready.workers.Alice, 'Alice', 'Offline'],
    [ready.workers.Bob, 'Bob', 'Offline'],
  ]);
  const events = await workspace.events.list();
  expect(events.filter(({ eventType }) => /^(task|reservation)\./.test(eventType))).toEqual([]);
}

describe('taskrouter reset', () => {
  it('puts a running TaskRouter back to the workspace file, sids as they were', async () => {
    const data = temporaryFolder();
    const { ready } = await used(data);
    const { code, output } = await new TaskrouterCommand(['reset', '--data', data]).ended();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('goes on running') });
    await expectAsWritten(ready);
  });

  it('does the same to one that is stopped', async () => {
    const data = temporaryFolder();
    const { run, ready } = await used(data);
    await run.stop();
    expect((await new TaskrouterCommand(['reset', '--data', data]).ended()).code).toBe(0);
    const again = await new TaskrouterCommand(['serve', ...anywhere, '--data', data]).ready();
    const { taskrouterUrl, eventBridgeUrl } = ready;
    expect({ ...again, taskrouterUrl, eventBridgeUrl }).toEqual(ready);
    await expectAsWritten(again);
  });

  it('makes no directory out of a mistyped name', async () => {
    const data = path.join(temporaryFolder(), 'mistyped');
    const { code, errors } = await new TaskrouterCommand(['reset', '--data', data]).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('nothing to reset') });
    expect(existsSync(data)).toBe(false);
  });
});

describe('taskrouter env', () => {
  it('prints what an SDK needs to reach the running TaskRouter', async () => {
    const data = temporaryFolder();
    const { ready } = await used(data);
    const { code, output } = await new TaskrouterCommand(['env', '--data', data]).ended();
    expect(code).toBe(0);
    expect(output).toContain(`ACCOUNT_SID=${ready.accountSid}\n`);
    expect(output).toContain(`AUTH_TOKEN=${ready.authToken}\n`);
    expect(output).toContain(`TWILIO_API_KEY=${ready.apiKeySid}\n`);
    expect(output).toContain(`TWILIO_API_SECRET=${ready.apiKeySecret}\n`);
    expect(output).toContain(`WORKSPACE_SID=${ready.workspaceSid}\n`);
    expect(output).toContain(`WORKFLOW_SID=${ready.workflowSid}\n`);
    expect(output).toContain(`TASKROUTER_BASE_URL=${ready.taskrouterUrl}\n`);
  });

  it('prints lines for a shell with --export', async () => {
    const data = temporaryFolder();
    const { ready } = await used(data);
    const { output } = await new TaskrouterCommand(['env', '--export', '--data', data]).ended();
    expect(output).toContain(`export TWILIO_ACCOUNT_SID=${ready.accountSid}\n`);
    expect(
      output
        .trim()
        .split('\n')
        .every((line) => line.startsWith('export ')),
    ).toBe(true);
  });

  it('says what to do when nothing runs', async () => {
    const data = path.join(temporaryFolder(), 'none');
    const { code, errors } = await new TaskrouterCommand(['env', '--data', data]).ended();
    expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('npx taskrouter start') });
  });

  it('keeps credentials where only their owner can read them', async () => {
    const data = temporaryFolder();
    const { ready } = await used(data);
    const file = path.join(data, 'credentials.json');
    expect(readFileSync(file, 'utf8')).toContain(ready.authToken);
    const { statSync } = await import('node:fs');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });
});
