import type { Page } from 'playwright-core';
import { attributesField } from '../support/attributes-field';
import { type Ready, workspaceOf } from '../support/taskrouter-process';
import { reset, type Shot } from './shot';

const names = ['Ana', 'Boris', 'Chloé', 'Dilan', 'Emeka', 'Fatima', 'Goran', 'Hana', 'Ines', 'Jonas'];

const open = async (page: Page, { functionsUrl }: Ready) => {
  await page.goto(`${functionsUrl}/`);
  await page.locator('.diagram').waitFor();
};

async function call({ functionsUrl }: Ready, name: string, parameters: Record<string, string>) {
  const response = await fetch(`${functionsUrl}/${name}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  const body = (await response.json()) as { task_sid: string };
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body;
}

/** A contact centre at work: tasks at every stage, one of them rejected once, and more workers than the tutorial has. */
async function atWork(ready: Ready): Promise<void> {
  const workspace = workspaceOf(ready);
  const create = (selected_language: string, name: string) =>
    call(ready, 'create-task', { attributes: JSON.stringify({ selected_language, name }) });
  const setActivity = (worker: string, activity = 'Idle') =>
    call(ready, 'set-worker-activity', { worker, activity });
  const offered = async () => {
    const reserved = await workspace.tasks.list({ assignmentStatus: ['reserved'], limit: 1 });
    return { task_sid: reserved[0]?.sid ?? '' };
  };
  for (const friendlyName of ['Carla', 'Dev', 'Elif'])
    await workspace.workers.create({ friendlyName, attributes: '{"languages":["en"]}' });
  await create('es', names[0] ?? '');
  await setActivity('Alice');
  await call(ready, 'reject-reservation', { ...(await offered()), activity: 'Offline' });
  await setActivity('Alice');
  await call(ready, 'accept-reservation', await offered());
  for (const [index, worker] of ['Bob', 'Carla'].entries()) {
    await create('en', names[index + 1] ?? '');
    await setActivity(worker);
    const task = await offered();
    await call(ready, 'accept-reservation', task);
    await call(ready, 'wrap-up-task', task);
    if (worker === 'Carla') await call(ready, 'complete-task', { ...task, reason: 'resolved' });
  }
  await create('en', names[3] ?? '');
  await setActivity('Dev');
  for (const name of names.slice(4)) await create('es', name);
  for (const selected of ['en', 'en']) await call(ready, 'cancel-task', await createdFor(selected));
  await setActivity('Elif');

  function createdFor(selected: string) {
    return create(selected, 'Nobody').then(({ task_sid }) => ({ task_sid, reason: 'called in error' }));
  }
}

/** Lets time pass on the page, and tasks come and go meanwhile, so that the charts have something to show. */
async function someMinutes(page: Page, ready: Ready): Promise<void> {
  const created: string[] = [];
  for (let step = 0; step < 24; step++) {
    if (step % 2 === 0 && step < 16)
      created.push((await call(ready, 'create-task', { selected_language: 'es' })).task_sid);
    const task_sid = step > 8 && step % 3 > 0 ? created.pop() : undefined;
    if (task_sid) await call(ready, 'cancel-task', { task_sid, reason: 'hung up' });
    await Promise.all([page.waitForResponse('**/lifecycle'), page.clock.runFor(20_000)]);
  }
  for (const task_sid of created) await call(ready, 'cancel-task', { task_sid, reason: 'hung up' });
  await Promise.all([page.waitForResponse('**/lifecycle'), page.clock.runFor(2000)]);
}

/** The lifecycle page: empty, at work, looked into, and in each of the states in which it has nothing to show. */
export const lifecycleShots: readonly Shot[] = [
  { name: 'lifecycle-empty', open },
  {
    name: 'lifecycle-busy',
    prepare: atWork,
    open: async (page, ready) => {
      await page.clock.install();
      await open(page, ready);
      await someMinutes(page, ready);
      await page.getByRole('button', { name: /^Open/ }).click();
      await page
        .locator('[data-status="assigned"]')
        .first()
        .getByRole('button', { name: 'Timeline' })
        .click();
      await page.locator('.timeline').waitFor();
      await page.locator('.worker', { hasText: 'Bob' }).getByRole('button', { name: 'Code' }).click();
    },
  },
  {
    name: 'lifecycle-why',
    prepare: atWork,
    open: async (page, ready) => {
      await open(page, ready);
      const waiting = page.locator('[data-status="pending"]');
      const worker = (name: string) => page.locator('.worker', { hasText: name });
      for (const card of [waiting.first(), waiting.last(), worker('Alice'), worker('Dev')])
        await card.getByRole('button', { name: /^Why/ }).click();
      await page.locator('.explained').nth(3).waitFor();
      await waiting.last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'lifecycle-call',
    open: async (page, ready) => {
      await reset(ready);
      await open(page, ready);
      await page.getByRole('button', { name: 'Call', exact: true }).click();
      await page.locator('.bubble').first().waitFor();
      await page.getByRole('button', { name: '1', exact: true }).click();
      await page.locator('.call').getByRole('link').waitFor();
    },
  },
  {
    name: 'lifecycle-error',
    prepare: atWork,
    open: async (page, ready) => {
      await open(page, ready);
      await (await attributesField(page)).fill('{"selected_language":"fr"}');
      await page.getByRole('button', { name: 'Create task', exact: true }).click();
      await page.locator('.status.error-text').waitFor();
      await page.getByLabel('Attributes (JSON)').fill('{selected_language:"fr"}');
      await page.route('**/lifecycle', (route) => route.abort());
      await page.getByText(/Retrying in/).waitFor();
    },
  },
  {
    name: 'lifecycle-signed-out',
    flags: ['--operator-auth'],
    options: { httpCredentials: { username: 'operator', password: 'wrong' } },
    open: async (page, { functionsUrl }) => {
      await page.goto(`${functionsUrl}/`);
      await page.getByText('Sign in to the Functions').waitFor();
    },
  },
];
