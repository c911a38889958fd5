import type { Page } from 'playwright-core';
import { basicAuthorization } from '../../src/common/http-basic';
import { type Ready, workspaceOf } from '../support/taskrouter-process';
import type { Shot } from './shot';

const open = async (page: Page, { taskrouterUrl }: Ready) => {
  await page.goto(`${taskrouterUrl}/`);
  await page.locator('[data-connection="live"]').waitFor();
  await page.locator('.next-step p').first().waitFor();
};

async function call({ functionsUrl }: Ready, name: string, parameters: Record<string, string> = {}) {
  const response = await fetch(`${functionsUrl}/${name}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  return (await response.json()) as { task_sid: string };
}

/** The tutorial half way, other tasks waiting, and two requests that were refused. */
async function atWork(ready: Ready): Promise<void> {
  const { task_sid } = await call(ready, 'create-task');
  await call(ready, 'set-worker-activity', { worker: 'Alice', activity: 'Idle' });
  await call(ready, 'accept-reservation', { task_sid });
  for (const selected_language of ['es', 'en', 'es']) await call(ready, 'create-task', { selected_language });
  const { tasks } = workspaceOf(ready);
  await tasks.create({ attributes: 'no JSON' }).catch(() => undefined);
  await tasks(task_sid)
    .update({ assignmentStatus: 'canceled', ifMatch: '"0"' })
    .catch(() => undefined);
}

/** Nothing listens at the assignment callback URL. */
async function inTrouble(ready: Ready): Promise<void> {
  const { workflows } = workspaceOf(ready);
  await workflows(ready.workflowSid).update({ assignmentCallbackUrl: `${ready.functionsUrl}/nothing` });
  await call(ready, 'create-task');
  await call(ready, 'set-worker-activity', { worker: 'Alice', activity: 'Idle' });
  // Otherwise she would get one offer after another, and the selected entry would move down the list.
  await call(ready, 'set-worker-activity', { worker: 'Alice', activity: 'Offline' });
}

/** A caller talks to Alice, another one waits, and a third one got no TwiML. */
async function onThePhone(ready: Ready): Promise<void> {
  const { workers, tasks } = workspaceOf(ready);
  const attributes = { languages: ['en', 'es'], contact_uri: 'client:alice', simulated_call: { talk: null } };
  await workers(ready.workers.Alice as string).update({ attributes: JSON.stringify(attributes) });
  const { task_sid } = await phone(ready, { from: '+15550111', digits: '1' });
  await call(ready, 'set-worker-activity', { worker: 'Alice', activity: 'Idle' });
  const { reservations } = tasks(task_sid);
  const [offer] = await reservations.list();
  await reservations(String(offer?.sid)).update({ instruction: 'dequeue', dequeueFrom: '+15555550100' });
  await phone(ready, { from: '+15550122', url: `${ready.functionsUrl}/nothing` });
  await phone(ready, { from: '+15550133', digits: '1' });
}

async function phone({ taskrouterUrl, accountSid, authToken }: Ready, form: Record<string, string>) {
  const response = await fetch(`${taskrouterUrl}/_taskrouter/calls`, {
    method: 'POST',
    headers: { authorization: basicAuthorization(accountSid, authToken) },
    body: new URLSearchParams(form),
  });
  return (await response.json()) as { task_sid: string };
}

const choose = (page: Page, text: string | RegExp) =>
  page.locator('.entry', { hasText: text }).first().click();

/** The inspector: empty, busy, with details, with errors, replaying, and without a TaskRouter. */
export const inspectorShots: readonly Shot[] = [
  { name: 'inspector-empty', open },
  {
    name: 'inspector-busy',
    flags: ['--clock', 'virtual'],
    prepare: atWork,
    open: async (page, ready) => {
      await open(page, ready);
      await choose(page, /Assignment callback/);
    },
  },
  {
    name: 'inspector-list',
    flags: ['--clock', 'virtual'],
    prepare: atWork,
    open,
  },
  {
    name: 'inspector-request',
    prepare: atWork,
    open: async (page, ready) => {
      await open(page, ready);
      await choose(page, '412');
    },
  },
  {
    name: 'inspector-error',
    prepare: inTrouble,
    open: async (page, ready) => {
      await open(page, ready);
      await choose(page, /Assignment callback/);
      await page.locator('.notice').first().waitFor();
    },
  },
  {
    name: 'inspector-replay',
    prepare: atWork,
    open: async (page, ready) => {
      await open(page, ready);
      await choose(page, /Assignment callback/);
      await page.getByRole('button', { name: 'Replay …' }).click();
      await page.getByLabel('URL', { exact: true }).fill(`${ready.functionsUrl}/nothing`);
      await page.getByRole('button', { name: 'Sign and send' }).click();
      await page.locator('.compare').waitFor();
    },
  },
  {
    name: 'inspector-call',
    prepare: onThePhone,
    open: async (page, ready) => {
      await open(page, ready);
      await page.locator('summary', { hasText: 'Tour of' }).click();
      await page.getByRole('button', { name: /^Calls/ }).click();
      await choose(page, '+15550111');
      await page.locator('.said', { hasText: 'Es el siguiente en la fila.' }).waitFor();
    },
  },
  {
    name: 'inspector-away',
    open: async (page, { taskrouterUrl }) => {
      await page.route('**/_taskrouter/**', (route) => route.abort());
      await page.goto(`${taskrouterUrl}/`);
      await page.locator('[data-connection="lost"]').waitFor();
    },
  },
];
