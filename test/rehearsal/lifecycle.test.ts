import path from 'node:path';
import type { RehearsalCloud } from '../../src/rehearsal/cloud';
import { accountByToken } from '../../src/system/twilio-account';
import { applyWorkspace } from '../../src/workspace/apply';
import { connect } from '../../src/workspace/client';
import { readWorkspaceFile } from '../../src/workspace/desired';
import {
  authorization,
  copyOfProject,
  deploy,
  endAll,
  projectRoot,
  startCloud,
  variables,
} from './rehearsal';

const desired = readWorkspaceFile(path.join(projectRoot, 'workspace.json'));
let cloud: RehearsalCloud;
let origin: string;
let deployedVariables: Record<string, string>;

/** The workspace, the Functions, and the Workflow's callback pointed at them: in the order of a real deployment. */
beforeAll(async () => {
  cloud = await startCloud();
  const client = connect(accountByToken(cloud.account), cloud.taskRouter.url);
  const applied = await applyWorkspace({ client, desired, functionsUrl: null });
  const workflowSid = Object.values(applied.workflows)[0] as string;
  deployedVariables = { ...variables, WORKSPACE_SID: applied.workspaceSid, WORKFLOW_SID: workflowSid };
  const { code, output } = await deploy(await copyOfProject(deployedVariables), cloud);
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  origin = `https://${cloud.serverless.environments[0]?.domainName}`;
  await applyWorkspace({ client, desired, functionsUrl: origin });
});
afterAll(endAll);

async function call(url: string, form: Record<string, string> = {}) {
  const response = await cloud.fetch(`${origin}${url}`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
  return { status: response.status, body: (await response.json()) as any };
}

async function offer(): Promise<string> {
  await call('/set-worker-activity', { worker: 'Alice', activity: 'Offline' });
  const { status, body } = await call('/create-task');
  expect({ status, body }).toMatchObject({ status: 201, body: { assignment_status: 'pending' } });
  await call('/set-worker-activity', { worker: 'Alice', activity: 'Idle' });
  await cloud.taskRouter.idle();
  return body.task_sid;
}

const callbacksOf = (taskSid: string) =>
  cloud.taskRouter.callbackLog.list({ kind: 'assignment', taskSid }).map(({ outcome, attempts }) => ({
    outcome,
    url: attempts[0]?.url,
    status: attempts[0]?.response?.status,
    body: attempts[0]?.response?.body,
  }));

async function finish(taskSid: string): Promise<void> {
  for (const [url, status] of [
    ['/wrap-up-task', 'wrapping'],
    ['/complete-task', 'completed'],
  ] as const) {
    const { body } = await call(url, { task_sid: taskSid, reason: 'done' });
    expect(body).toMatchObject({ assignment_status: status });
  }
}

it('walks the lifecycle through the uploaded Functions, accepting over REST', async () => {
  const taskSid = await offer();
  const url = `${origin}/assignment-callback`;
  expect(callbacksOf(taskSid)).toEqual([{ outcome: 'no_instruction', url, status: 200, body: '{}' }]);
  const { body } = await call('/accept-reservation', { task_sid: taskSid });
  expect(body).toMatchObject({ assignment_status: 'assigned', worker_name: 'Alice' });
  await finish(taskSid);
  await cloud.taskRouter.idle();
  const events = cloud.taskRouter.callbackLog.list({ kind: 'event', taskSid });
  expect(events.map(({ outcome, attempts }) => [outcome, attempts[0]?.response?.status])).toEqual(
    events.map(() => ['delivered', 204]),
  );
  expect(events.length).toBeGreaterThan(5);
});

it('names the sources that were deployed, in /lifecycle', async () => {
  const { body } = await call('/lifecycle');
  const [version] = cloud.serverless.versions.filter(({ path: url }) => url === '/lifecycle');
  expect(body.build).toMatch(/^[0-9a-f]{12}$/);
  expect(version?.content.toString()).toContain(JSON.stringify(body.build));
});

it('serves the page at /, and asks the operator for a password at /lifecycle', async () => {
  const page = await cloud.fetch(`${origin}/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  expect(await page.text()).toContain('<!doctype html>');
  const { status, headers } = await cloud.fetch(`${origin}/lifecycle`);
  expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
});

it('refuses a callback that is not signed, or signed with another token', async () => {
  const form = { TaskSid: `WT${'0'.repeat(32)}` };
  for (const headers of [{}, { 'X-Twilio-Signature': 'bm90IGEgc2lnbmF0dXJlIGF0IGFsbA==' }]) {
    const response = await cloud.fetch(`${origin}/assignment-callback`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(403);
  }
});

it('accepts by instruction once that is deployed', async () => {
  const project = await copyOfProject({ ...deployedVariables, ASSIGNMENT_INSTRUCTION: 'accept' });
  expect(await deploy(project, cloud)).toMatchObject({ code: 0 });
  const taskSid = await offer();
  expect(callbacksOf(taskSid)).toMatchObject([{ outcome: 'instruction:accept', status: 200 }]);
  await cloud.taskRouter.idle();
  expect(cloud.taskRouter.taskRouter.view.find('tasks', taskSid)?.status).toBe('assigned');
  await finish(taskSid);
});
