import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { basicAuthorization } from '../src/common/http-basic';
import type { Local } from '../src/local/start-local';
import { accountByToken } from '../src/system/twilio-account';
import { createTwilioClient } from '../src/workspace/client';
import { startTestLocal } from './support/start-test-local';

let local: Local | undefined;
afterEach(() => local?.close());

async function start(options: Parameters<typeof startTestLocal>[0] = {}): Promise<Local> {
  local = await startTestLocal(options);
  return local;
}

it('runs overlapping resets one after another, and is ready afterwards', async () => {
  const { reset, service } = await start();
  const finished: number[] = [];
  await Promise.all([1, 2].map((number) => reset().then(() => finished.push(number))));
  expect(finished).toEqual([1, 2]);
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
});

it('shows the findings of lint as an alert, also after a reset', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  const workspaceFile = path.join(folder, 'workspace.json');
  const { taskQueues, ...workspace } = JSON.parse(readFileSync('workspace.json', 'utf8'));
  const [queue, ...others] = taskQueues;
  const misspelled = { ...queue, targetWorkers: 'langauges HAS "es"' };
  writeFileSync(workspaceFile, JSON.stringify({ ...workspace, taskQueues: [misspelled, ...others] }));
  const { reset, service } = await start({ workspaceFile });
  rmSync(folder, { recursive: true });
  const findings = () => service.alertLog.list({ source: 'lint' }).map(({ detail }) => detail);
  expect(findings()).toEqual([expect.stringContaining('for routing')]);
  await reset();
  expect(findings()).toEqual([expect.stringContaining('for routing')]);
});

it('says at the start how much of a stored state is stuck, in the notes and in the inspector', async () => {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'stuck-'));
  const { service, credentials, run, close } = await start({ dataDirectory });
  const client = createTwilioClient(accountByToken(credentials), service.url);
  const workspace = client.taskrouter.v1.workspaces(run.workspaceSid);
  await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  const alice = workspace.workers(run.workers.Alice as string);
  await alice.update({ activitySid: run.activities.Idle as string });
  await alice.update({ activitySid: run.activities.Offline as string });
  await close();
  const again = await start({ dataDirectory });
  const detail = '1 thing is stuck, or about to be';
  expect(again.notes).toEqual([`${detail}. For details, run npx taskrouter doctor.`]);
  expect(again.service.alertLog.list()).toEqual([expect.objectContaining({ source: 'doctor', detail })]);
  rmSync(dataDirectory, { recursive: true });
});

it.each([
  ['credentials', 'credentials.json', 'generates new credentials'],
  ['clock', 'clock.json', 'is damaged'],
])('releases the data directory if its %s cannot be read', async (_, file, message) => {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'taskrouter-damaged-'));
  const damaged = path.join(dataDirectory, file);
  writeFileSync(damaged, '{');
  await expect(start({ dataDirectory })).rejects.toThrow(message);
  rmSync(damaged);
  const { service } = await start({ dataDirectory });
  expect(service.url).toContain('127.0.0.1');
  await local?.close();
  rmSync(dataDirectory, { recursive: true });
});

describe('a reset after names were changed through the API', () => {
  const sidsOf = ({ run }: Local) => {
    const { workspaceSid, workflowSid, workers, taskQueues, activities } = run;
    return { workspaceSid, workflowSid, workers, taskQueues, activities };
  };

  /** What is in the workspace, by name. */
  function present({ service }: Local, workspaceSid: string) {
    const { view } = service.taskRouter;
    const named = (table: 'workers' | 'taskQueues' | 'activities') =>
      Object.fromEntries(
        Array.from(view.all(table, workspaceSid), ({ friendlyName, sid }) => [friendlyName, sid]),
      );
    const [workflow] = view.all('workflows', workspaceSid);
    return {
      workspaceSid: [...view.all('workspaces')].map(({ sid }) => sid).join(),
      workflowSid: workflow?.sid,
      workers: named('workers'),
      taskQueues: named('taskQueues'),
      activities: named('activities'),
    };
  }

  async function renameEverything({ service, credentials, run }: Local): Promise<void> {
    const client = createTwilioClient(accountByToken(credentials), service.url);
    const workspace = client.taskrouter.v1.workspaces(run.workspaceSid);
    const friendlyName = 'Renamed';
    await workspace.update({ friendlyName });
    await workspace.workflows(run.workflowSid as string).update({ friendlyName });
    const [first, second] = Object.values(run.workers) as [string, string];
    await workspace.workers(first).update({ friendlyName: 'Other' });
    await workspace.workers(second).update({ friendlyName: Object.keys(run.workers)[0] as string });
    await workspace.taskQueues(Object.values(run.taskQueues)[0] as string).update({ friendlyName });
    const { Idle, Busy } = run.activities;
    await workspace.activities(Idle as string).update({ friendlyName: 'Ready' });
    await workspace.activities(Busy as string).update({ friendlyName: 'Idle' });
  }

  it('gives what the workspace file names the sids that this run shows', async () => {
    const running = await start();
    const shown = sidsOf(running);
    for (let round = 0; round < 2; round += 1) {
      await renameEverything(running);
      await running.reset();
      expect(present(running, running.run.workspaceSid)).toEqual(shown);
    }
  });

  it('gives them the sids of the last run, if nothing runs', async () => {
    const dataDirectory = mkdtempSync(path.join(tmpdir(), 'taskrouter-names-'));
    const running = await startTestLocal({ dataDirectory });
    const shown = sidsOf(running);
    await renameEverything(running);
    await running.close();
    const stopped = await startTestLocal({ dataDirectory, onlyToReset: true });
    await stopped.reset();
    await stopped.close();
    local = await startTestLocal({ dataDirectory });
    expect(sidsOf(local)).toEqual(shown);
    rmSync(dataDirectory, { recursive: true });
  });
});

it('counts the dropped lines of its own log and of the Functions in its metrics', async () => {
  const { credentials, service } = await start({ droppedLogLines: () => 2 });
  const authorization = basicAuthorization(credentials.accountSid, credentials.authToken);
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization } });
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('taskrouter_log_lines'));
  expect(lines).toEqual([
    'taskrouter_log_lines_dropped{source="log"} 2',
    'taskrouter_log_lines_dropped{source="functions"} 0',
  ]);
});
