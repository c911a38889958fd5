import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json';
import { anywhere, projectRoot, type Ready, TaskrouterProcess } from './taskrouter-process';

jest.setTimeout(60_000);
afterEach(() => TaskrouterProcess.endAll());

const run = promisify(execFile);
const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');

/** The fenced blocks of one language that hold a word. */
function blocks(language: string, word: string): string[] {
  const fenced = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  return fenced
    .filter(([, is, text]) => is === language && text?.includes(word))
    .map(([, , text]) => text ?? '');
}

/** The environment that the banner's `export` lines make. */
const exported = (ready: Ready) => ({
  ...process.env,
  TWILIO_ACCOUNT_SID: ready.accountSid,
  TWILIO_AUTH_TOKEN: ready.authToken,
  TASKROUTER_BASE_URL: ready.taskrouterUrl,
  WORKSPACE_SID: ready.workspaceSid,
  WORKFLOW_SID: ready.workflowSid,
});

describe('what the README tells people to type', () => {
  it('works: the curl lines of the tutorial create a task and accept its reservation', async () => {
    const ready = await new TaskrouterProcess(['serve', ...anywhere, '--memory']).ready();
    const env = exported(ready);
    const [create, accept] = blocks('bash', 'curl').join('').split(/\n\n/);
    const created = JSON.parse((await run('bash', ['-c', `${create} -s`], { env })).stdout);
    expect(created).toMatchObject({
      assignment_status: 'pending',
      attributes: '{"selected_language": "es"}',
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

  it('works: the official client, aimed at the local TaskRouter', async () => {
    const ready = await new TaskrouterProcess(['serve', ...anywhere, '--memory']).ready();
    const [snippet] = blocks('js', "require('twilio')");
    const script = snippet ?? '';
    const { stdout } = await run(process.execPath, ['-e', script], {
      cwd: projectRoot,
      env: exported(ready),
    });
    expect(stdout).toBe('[]\n');
  });
});

it('tells its version', async () => {
  const { output } = await new TaskrouterProcess(['--version']).ended();
  expect(output).toBe(`${manifest.version}\n`);
});

it('refuses a Node that is too old with one sentence', async () => {
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
