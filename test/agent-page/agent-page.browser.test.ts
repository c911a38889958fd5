import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../page/browser';
import { untilFocused } from '../page/browser-bench';
import { seriousFaults } from '../page/serious-faults';
import { listening } from '../support/listening';
import { removeFolders, temporaryFolder } from '../support/taskrouter-process';
import { AgentBench, actionAt, reservation } from './agent-bench';

jest.setTimeout(120_000);

const english = { selected_language: 'en', customer: 'Ann' };

/** Tabs on until an element whose text begins with this has the focus. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let steps = 0; steps < 40; steps++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus-visible');
    if ((await focused.count()) && (await focused.innerText()).startsWith(text)) return;
  }
  throw new Error(`the keyboard does not reach ${text}`);
}

describeInBrowser('the agent page', () => {
  const bench = new AgentBench(['--data', temporaryFolder()]);
  afterAll(removeFolders);
  const application = createServer();
  afterAll(() => void application.close().closeAllConnections());

  async function offerToTwo(): Promise<void> {
    const sid = bench.ready.taskQueues['Customer Care Requests - English'] ?? '';
    await bench.workspace.taskQueues(sid).update({ maxReservedWorkers: 2 });
    await bench.makeIdle('Alice', 'Bob');
    await bench.createTask(english);
  }

  it('serves two agents by keyboard: one accepts, and the other sees the offer go', async () => {
    const alice = await bench.open();
    const bob = await bench.newPage();
    await bench.visitAs(bob, 'Bob');
    await offerToTwo();
    const offer = reservation(alice, 'pending');
    await offer.getByText('Ann', { exact: true }).waitFor();
    await offer.getByText(/^(20 min|19 min \d+ s) to accept$/).waitFor();
    await alice.getByText(/^New offer: selected_language en, customer Ann\. /).waitFor({ state: 'attached' });
    await tabTo(bob, 'Accept');
    await bob.keyboard.press('Enter');
    await reservation(bob, 'accepted').getByText('Ann', { exact: true }).waitFor();
    await untilFocused(reservation(bob, 'accepted'));
    await reservation(alice, 'rescinded').getByText('Another worker accepted this task.').waitFor();
    expect(await offer.count()).toBe(0);

    await tabTo(bob, 'Wrap up');
    await bob.keyboard.press('Enter');
    await reservation(bob, 'wrapping').waitFor();
    await tabTo(bob, 'Complete');
    await bob.keyboard.press('Space');
    await reservation(bob, 'completed').getByText('Completed.').waitFor();
    await untilFocused(reservation(bob, 'completed'));
    await tabTo(bob, 'Dismiss');
    await bob.keyboard.press('Enter');
    await reservation(bob, 'completed').waitFor({ state: 'detached' });
  });

  it('changes the activity, and rejects with the activity to go to', async () => {
    const page = await bench.open();
    await page.getByText('You are Offline, so TaskRouter offers you nothing.').waitFor();
    const activities = page.getByRole('group', { name: 'Activity' });
    const current = activities.locator('[aria-pressed="true"]');
    await activities.getByRole('button', { name: 'Idle' }).click();
    await page.getByText('You are available.').waitFor();
    await bench.createTask(english);
    const offer = reservation(page, 'pending');
    await offer.getByLabel('activity after rejecting').selectOption({ label: 'go Busy' });
    await actionAt(offer, 'Reject').click();
    await reservation(page, 'rejected').getByText('Rejected.').waitFor();
    await current.getByText('Busy').waitFor();
  });

  it('counts the offers in the title, and says why a task was canceled', async () => {
    const page = await bench.open();
    await page.getByLabel('Alert me in the background').check();
    await bench.makeIdle('Alice');
    const { task_sid } = await bench.createTask(english);
    await reservation(page, 'pending').waitFor();
    expect(await page.title()).toBe('(1) Alice · Agent');
    await bench.elsewhere('cancel-task', { task_sid, reason: 'hung up' });
    await reservation(page, 'canceled').getByText('The task was canceled: hung up.').waitFor();
    expect(await page.title()).toBe('Alice · Agent');
  });

  it('shows a lost connection, and goes on when TaskRouter is back', async () => {
    const page = await bench.open();
    await bench.makeIdle('Alice');
    await bench.createTask(english);
    await reservation(page, 'pending').waitFor();
    await bench.stop();
    await page.locator('.notice').getByText('The connection to TaskRouter is lost.').waitFor();
    await bench.restart();
    await page.getByText('connected', { exact: true }).waitFor();
    await actionAt(reservation(page, 'pending'), 'Accept').click();
    await reservation(page, 'accepted').waitFor();
  });

  it('takes a call that was made with the keypad of the lifecycle page', async () => {
    const { sid: postWorkActivitySid } = await bench.workspace.activities.create({ friendlyName: 'Wrap-up' });
    const instruction = { instruction: 'dequeue', post_work_activity_sid: postWorkActivitySid };
    application.on('request', (request: IncomingMessage, response: ServerResponse) => {
      request.resume();
      response.setHeader('content-type', 'application/json').end(JSON.stringify(instruction));
    });
    const url = `http://127.0.0.1:${await listening(application)}`;
    await bench.workspace.workflows(bench.ready.workflowSid).update({ assignmentCallbackUrl: url });
    const attributes = JSON.stringify({ languages: ['es'], contact_uri: 'client:alice' });
    await bench.workspace.workers(bench.ready.workers.Alice ?? '').update({ attributes });
    const agent = await bench.open();
    await bench.makeIdle('Alice');
    const caller = await bench.newPage();
    await caller.goto(`${bench.origin}/`);

    await caller.getByRole('button', { name: 'Call', exact: true }).click();
    await caller.locator('.bubble', { hasText: 'Para español, oprima el uno.' }).waitFor();
    await untilFocused(caller.locator('.call'));
    await caller.getByRole('button', { name: '1', exact: true }).click();
    await caller.locator('.call').getByRole('link').waitFor();
    const card = agent.locator('.call-card');
    await card.and(agent.locator('[data-status="ringing"]')).getByText('is calling').waitFor();
    await agent.getByText(/^Your phone rings: \+15550111, /).waitFor({ state: 'attached' });
    expect(await seriousFaults(agent)).toEqual([]);

    await tabTo(agent, 'Answer');
    await agent.keyboard.press('Enter');
    await card.getByText('is connected').waitFor();
    await untilFocused(card);
    await reservation(agent, 'accepted').waitFor();
    await caller.locator('.note', { hasText: 'connects Alice' }).waitFor();
    expect(await seriousFaults(caller)).toEqual([]);
    await caller.reload();
    const call = caller.locator('.call');
    await call.locator('.note', { hasText: 'connects Alice' }).waitFor();

    await actionAt(card, 'Hang up').click();
    await card.getByText('The call is over.').waitFor();
    await call.and(caller.locator('[data-status="completed"]')).waitFor();
    const current = agent.getByRole('group', { name: 'Activity' }).locator('[aria-pressed="true"]');
    await current.getByText('Wrap-up').waitFor();
  });

  it('lets the worker be chosen, also from the lifecycle page', async () => {
    const page = await bench.open();
    await page.getByRole('link', { name: 'Other workers' }).click();
    await page.getByRole('heading', { name: 'Which worker are you?' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'Bob' }).click();
    await page.getByRole('heading', { name: 'Bob' }).waitFor();
    await page.goto(`${bench.origin}/`);
    const link = page.getByRole('link', { name: 'Agent page of Alice' });
    expect(await link.getAttribute('href')).toBe('/agent.html?worker=Alice');
    await page.goto(`${bench.origin}/agent.html?worker=Nobody`);
    await page.getByRole('heading', { name: 'This worker cannot be connected' }).waitFor();
  });

  it('is readable for everyone, from 360 px and in both color schemes', async () => {
    const page = await bench.open({ viewport: { width: 360, height: 740 } });
    await offerToTwo();
    await reservation(page, 'pending').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await actionAt(reservation(page, 'pending'), 'Accept').click();
    await reservation(page, 'accepted').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
