import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { giveAliceAPhone } from '../../src/cli/demo/phone-of-alice';
import { StageLog } from '../../src/cli/demo/stage-log';
import { VoiceWalk } from '../../src/cli/demo/voice-walk';
import type { TwilioEmulator } from '../../src/rehearsal/emulator';
import { accountByToken } from '../../src/system/twilio-account';
import { describeInBrowser, findBrowser, launch } from '../page/browser';
import { activity, button, pollFaster, statusBar, task, withStatus } from '../page/page-bench';
import { recordPageErrors } from '../page/page-errors';
import { officialClient } from '../support/official-client';
import { operator, operatorAuthorization } from '../support/operator';
import { recordingReporter } from '../support/recording-reporter';
import { copyOfProject, deployInProcess, endAll, projectRoot } from '../support/rehearsal';
import { voiceStages } from '../support/stages';
import { type Deployed, deployEverything } from './deployed';

let emulator: TwilioEmulator;
let origin: string;
let deployed: Deployed;
beforeAll(async () => {
  deployed = await deployEverything();
  ({ emulator, origin } = deployed);
});
afterAll(endAll);

const call = (url: string, form?: Record<string, string>) => deployed.call(url, form);

// Before there are other tasks.
describeInBrowser('the page on the deployed domain', () => {
  let browser: Browser;
  const faults: string[] = [];
  beforeAll(async () => {
    browser = await launch(findBrowser() as string);
  });
  afterEach(async () => {
    // A page that stays open would go on polling during the other tests.
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => browser.close());

  /** Opens the page over HTTPS, through the emulator's proxy. */
  async function open(httpCredentials = operator, path = '/'): Promise<Page> {
    const context = await browser.newContext({
      proxy: { server: emulator.environment.HTTP_PROXY as string },
      ignoreHTTPSErrors: true,
      httpCredentials,
    });
    await context.route('**/lifecycle', pollFaster);
    const page = await context.newPage();
    recordPageErrors(page, () => [origin, 'https://event-bridge.twilio.com'], faults);
    await page.goto(`${origin}${path}`);
    return page;
  }

  it('takes a task from created to completed with its buttons', async () => {
    const page = await open();
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
    const sid = await page.locator(task).getAttribute('data-task-sid');
    await activity(page, 'Alice', 'Idle').click();
    await withStatus(page, 'reserved').getByText('Offered to Alice.').waitFor();
    await button(page, 'Accept').click();
    await withStatus(page, 'assigned').getByText('Assigned to Alice.').waitFor();
    await button(page, 'Wrap up').click();
    await withStatus(page, 'wrapping').waitFor();
    await button(page, 'Complete').click();
    await withStatus(page, 'completed').getByText('Completed by Alice.').waitFor();
    await statusBar(page).getByText('complete-task: 200').waitFor();
    expect(await page.locator(task).getAttribute('data-task-sid')).toBe(sid);
    const { body } = await call('/lifecycle', { task_sid: sid ?? '' });
    expect(body.tasks).toEqual([expect.objectContaining({ task_sid: sid, assignment_status: 'completed' })]);
  });

  it('shows changes of a task that are made elsewhere', async () => {
    const page = await open();
    const { body } = await call('/create-task');
    const card = page.locator(`[data-task-sid="${body.task_sid}"]`);
    await card.and(withStatus(page, 'pending')).waitFor();
    await call('/cancel-task', { task_sid: body.task_sid, reason: 'shown' });
    await card.and(withStatus(page, 'canceled')).waitFor();
  });

  it('serves an agent, whose worker SDK reaches the event bridge through the proxy', async () => {
    const page = await open(operator, '/agent.html?worker=Alice');
    await page.getByText('connected', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Idle' }).click();
    const { body } = await call('/create-task');
    const offer = page.locator('[data-reservation-sid][data-status="pending"]');
    await offer.getByRole('button', { name: /^Accept/ }).click();
    await page.locator('[data-reservation-sid][data-status="accepted"]').waitFor();
    const { body: lifecycle } = await call('/lifecycle', { task_sid: body.task_sid });
    expect(lifecycle.tasks).toMatchObject([{ assignment_status: 'assigned' }]);
    await page.getByRole('button', { name: /^Complete/ }).click();
    await page.locator('[data-reservation-sid][data-status="completed"]').waitFor();
  });

  it('requires a sign-in after a wrong password, and shows nothing of the workspace', async () => {
    const page = await open({ ...operator, password: 'wrong' });
    await page.getByText('Sign in to the Functions').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Alice|WT[0-9a-f]{32}/);
  });
});

async function offer(): Promise<string> {
  await call('/set-worker-activity', { worker: 'Alice', activity: 'Offline' });
  const { status, body } = await call('/create-task');
  expect({ status, body }).toMatchObject({ status: 201, body: { assignment_status: 'pending' } });
  await call('/set-worker-activity', { worker: 'Alice', activity: 'Idle' });
  await emulator.taskRouter.idle();
  return body.task_sid;
}

const callbacksOf = (taskSid: string) =>
  emulator.taskRouter.callbackLog.list({ kind: 'assignment', taskSid }).map(({ outcome, attempts }) => ({
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

it('takes a task through the uploaded Functions, accepted through the REST API', async () => {
  const taskSid = await offer();
  const url = `${origin}/assignment-callback`;
  expect(callbacksOf(taskSid)).toEqual([{ outcome: 'no_instruction', url, status: 200, body: '{}' }]);
  const { body } = await call('/accept-reservation', { task_sid: taskSid });
  expect(body).toMatchObject({ assignment_status: 'assigned', worker_name: 'Alice' });
  await finish(taskSid);
  await emulator.taskRouter.idle();
  const events = emulator.taskRouter.callbackLog.list({ kind: 'event', taskSid });
  expect(events.map(({ outcome, attempts }) => [outcome, attempts[0]?.response?.status])).toEqual(
    events.map(() => ['delivered', 204]),
  );
  expect(events.length).toBeGreaterThan(5);
});

it('returns the deployed build from /lifecycle', async () => {
  const { body } = await call('/lifecycle');
  const artifact = JSON.parse(readFileSync(path.join(projectRoot, 'dist/artifact.json'), 'utf8'));
  expect(body.build).toBe(artifact.build);
});

it('serves the page at /, and requires a password for /lifecycle', async () => {
  const page = await emulator.fetch(`${origin}/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  expect(await page.text()).toContain('<!doctype html>');
  const { status, headers } = await emulator.fetch(`${origin}/lifecycle`);
  expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
});

it('rejects a callback without a signature, or with the signature of another token', async () => {
  const form = { TaskSid: `WT${'0'.repeat(32)}` };
  for (const headers of [{}, { 'X-Twilio-Signature': 'bm90IGEgc2lnbmF0dXJlIGF0IGFsbA==' }]) {
    const response = await emulator.fetch(`${origin}/assignment-callback`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
    });
    expect(response.status).toBe(403);
  }
});

it('takes a call through the uploaded Functions, dequeued by the callback', async () => {
  const account = accountByToken(emulator.account);
  const { WORKSPACE_SID: workspaceSid = '' } = deployed.variables;
  const { url } = emulator.taskRouter;
  const postWorkActivitySid = await giveAliceAPhone({ account, url, workspaceSid });
  await setVariables({ ASSIGNMENT_INSTRUCTION: 'dequeue', POST_WORK_ACTIVITY_SID: postWorkActivitySid });
  const log = new StageLog(recordingReporter());
  const get = (path: string) =>
    emulator.fetch(`${origin}${path}`, { headers: { authorization: operatorAuthorization } });
  const post = (address: string) => emulator.fetch(address, { method: 'POST' });
  const target = { service: emulator.taskRouter, account, functionsUrl: origin, get, post };
  await new VoiceWalk(target, log).take({ outcome: 'instruction:dequeue', activityAfter: 'WrapUp' });
  expect(log.stages.map(({ name }) => name)).toEqual(voiceStages);
});

/** Changes variables of the environment, without another upload. */
async function setVariables(values: Readonly<Record<string, string>>): Promise<void> {
  const services = officialClient(emulator).serverless.v1.services;
  const [service] = await services.list();
  const { environments } = services(String(service?.sid));
  const [environment] = await environments.list();
  const { variables } = environments(String(environment?.sid));
  for (const [key, value] of Object.entries(values)) await variables.create({ key, value });
}

it('accepts by instruction once ASSIGNMENT_INSTRUCTION is deployed', async () => {
  const project = await copyOfProject({ ...deployed.variables, ASSIGNMENT_INSTRUCTION: 'accept' });
  await deployInProcess(project, emulator);
  const taskSid = await offer();
  expect(callbacksOf(taskSid)).toMatchObject([{ outcome: 'instruction:accept', status: 200 }]);
  await emulator.taskRouter.idle();
  expect(emulator.taskRouter.taskRouter.view.find('tasks', taskSid)?.status).toBe('assigned');
  await finish(taskSid);
});
