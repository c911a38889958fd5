import type { Page } from 'playwright-core';
import { type Ready, workspaceOf } from '../support/taskrouter-process';
import { reset, type Shot } from './shot';

async function open(page: Page, { functionsUrl }: Ready, query = '?worker=Alice'): Promise<void> {
  await page.goto(`${functionsUrl}/agent.html${query}`);
}

/** A multitasking workspace in which Alice takes three tasks on two channels. */
async function atWork(ready: Ready): Promise<void> {
  const client = workspaceOf(ready);
  await client.update({ multiTaskEnabled: true });
  const { Alice = '' } = ready.workers;
  for (const { sid, taskChannelUniqueName } of await client.workers(Alice).workerChannels.list())
    if (taskChannelUniqueName === 'chat')
      await client.workers(Alice).workerChannels(sid).update({ capacity: 3 });
  await client.workers(Alice).update({ activitySid: ready.activities.Idle ?? '' });
}

/** Offers while the page is open, so that it has seen them all. */
async function offersOf(page: Page, ready: Ready): Promise<void> {
  const { tasks } = workspaceOf(ready);
  const create = async (attributes: object, taskChannel: string) => {
    await tasks.create({
      workflowSid: ready.workflowSid,
      attributes: JSON.stringify({ selected_language: 'es', ...attributes }),
      taskChannel,
    });
    const offer = page.locator('[data-status="pending"]').first();
    await offer.waitFor();
    return offer;
  };
  const accept = (offer: ReturnType<Page['locator']>) =>
    offer.getByRole('button', { name: /^Accept/ }).click();
  await accept(await create({ customer: 'Ana Gutiérrez', topic: 'invoice' }, 'chat'));
  await page.locator('[data-status="accepted"]').waitFor();
  await accept(await create({ customer: 'Boris', from: '+15550100200', vip: true }, 'default'));
  const second = page.locator('[data-status="accepted"]').first();
  await page.locator('[data-status="accepted"]').nth(1).waitFor();
  await second.getByRole('button', { name: /^Wrap up/ }).click();
  await page.locator('[data-status="wrapping"]').waitFor();
  await create({ customer: 'Chloé', topic: 'return', order: { id: 4711, items: ['A-1', 'B-2'] } }, 'chat');
}

async function openAtWork(page: Page, ready: Ready): Promise<void> {
  await reset(ready);
  await atWork(ready);
  await open(page, ready);
  await page.getByText('connected', { exact: true }).waitFor();
  await offersOf(page, ready);
}

/** A caller whom Alice can answer. */
async function openRinging(page: Page, ready: Ready): Promise<void> {
  await reset(ready);
  const client = workspaceOf(ready);
  const { functionsUrl, workflowSid, workers, activities } = ready;
  const assignmentCallbackUrl = `${functionsUrl}/assignment-callback?instruction=dequeue`;
  await client.workflows(workflowSid).update({ assignmentCallbackUrl });
  const attributes = JSON.stringify({ languages: ['es'], contact_uri: 'client:alice' });
  await client.workers(workers.Alice ?? '').update({ attributes, activitySid: activities.Idle ?? '' });
  await open(page, ready);
  await page.getByText('connected', { exact: true }).waitFor();
  const form = new URLSearchParams({ from: '+15550111', digits: '1' });
  await fetch(`${functionsUrl}/_taskrouter/calls`, { method: 'POST', body: form });
  await page.locator('.call-card').waitFor();
}

/** The agent page: the choice, several tasks at once, and what has ended while the connection is lost. */
export const agentShots: readonly Shot[] = [
  {
    name: 'agent-choice',
    open: async (page, ready) => {
      await open(page, ready, '');
      await page.locator('.worker-choice').waitFor();
    },
  },
  { name: 'agent-busy', open: openAtWork },
  { name: 'agent-ringing', open: openRinging },
  {
    name: 'agent-call',
    open: async (page, ready) => {
      await openRinging(page, ready);
      await page.getByRole('button', { name: /^Answer/ }).click();
      await page.locator('.call-card').getByText('is connected').waitFor();
    },
  },
  {
    name: 'agent-ended',
    open: async (page, ready) => {
      await openAtWork(page, ready);
      const { tasks } = workspaceOf(ready);
      const [reserved] = await tasks.list({ assignmentStatus: ['reserved'] });
      await tasks(reserved?.sid ?? '').update({ assignmentStatus: 'canceled', reason: 'hung up' });
      await page.locator('[data-status="canceled"]').waitFor();
      const wrapping = page.locator('[data-status="wrapping"]');
      await wrapping.getByRole('button', { name: /^Complete/ }).click();
      await wrapping.waitFor({ state: 'detached' });
      await tasks.create({ workflowSid: ready.workflowSid, attributes: '{"selected_language":"en"}' });
      const offer = page.locator('[data-status="pending"]');
      await offer.getByRole('button', { name: /^Reject/ }).click();
      await page.locator('[data-status="rejected"]').waitFor();
    },
  },
];
