import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json';
import { codeBlocks } from '../support/documents';
import { endCommandsAfterEach, TaskrouterCommand } from '../support/taskrouter-command';
import { anywhere, projectRoot, type Ready } from '../support/taskrouter-process';

endCommandsAfterEach();

const run = promisify(execFile);
/** The environment after the `export` lines of the banner. */
const exported = (ready: Ready) => ({
  ...process.env,
  TWILIO_ACCOUNT_SID: ready.accountSid,
  TWILIO_AUTH_TOKEN: ready.authToken,
  TASKROUTER_BASE_URL: ready.taskrouterUrl,
  WORKSPACE_SID: ready.workspaceSid,
  WORKFLOW_SID: ready.workflowSid,
});

describe('the code in the documents', () => {
  it('creates a task and accepts its reservation with curl', async () => {
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--memory']).ready();
    const env = exported(ready);
    const curl = codeBlocks('docs/local-taskrouter.md', 'bash').find((block) => block.includes('curl'));
    const [create, accept] = curl?.split(/\n\n/) ?? [];
    const created = JSON.parse((await run('bash', ['-c', `${create} -s`], { env })).stdout);
    expect(created).toMatchObject({
      assignment_status: 'pending',
      attributes: '{"selected_language":"es"}',
      workflow_sid: ready.workflowSid,
    });
    const basic = `Basic ${Buffer.from(`${ready.accountSid}:${ready.authToken}`).toString('base64')}`;
    const workspace = `${ready.taskrouterUrl}/v1/Workspaces/${ready.workspaceSid}`;
    await fetch(`${workspace}/Workers/${ready.workers.Alice}`, {
      method: 'POST',
      headers: { authorization: basic },
      body: new URLSearchParams({ ActivitySid: ready.activities.Idle ?? '' }),
    });
    const list = await fetch(`${workspace}/Tasks/${created.sid}/Reservations`, {
      headers: { authorization: basic },
    });
    const { reservations } = (await list.json()) as { reservations: { sid: string }[] };
    const line = accept
      ?.trim()
      .replace('{TaskSid}', created.sid)
      .replace('{ReservationSid}', reservations[0]?.sid ?? '');
    const accepted = JSON.parse((await run('bash', ['-c', `${line} -s`], { env })).stdout);
    expect(accepted).toMatchObject({ worker_name: 'Alice', reservation_status: 'accepted' });
  });

  it.each([
    ['README.md', '[]\n'],
    ['docs/local-taskrouter.md', "[ 'Alice Offline', 'Bob Offline' ]\n"],
  ])('connects the official client, as %s shows', async (document, output) => {
    const ready = await new TaskrouterCommand(['serve', ...anywhere, '--memory']).ready();
    const [script = ''] = codeBlocks(document, 'js');
    const { stdout } = await run(process.execPath, ['-e', script], {
      cwd: projectRoot,
      env: exported(ready),
    });
    expect(stdout).toBe(output);
  });
});

it('prints its version', async () => {
  const { output } = await new TaskrouterCommand(['--version']).ended();
  expect(output).toBe(`${manifest.version}\n`);
});

it('rejects a version of Node.js that is too old with one sentence', async () => {
  const pretend =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } });";
  const program = path.join(projectRoot, 'dist', 'cli', 'taskrouter.js');
  const failure = await run(process.execPath, ['-e', `${pretend} require(${JSON.stringify(program)})`]).catch(
    (error) => error,
  );
  expect(failure).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/^taskrouter needs Node 20\.19 or newer.*\n$/),
  });
});
