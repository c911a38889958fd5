import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, findBrowser, launch } from '../page/browser';
import { activity, button, statusBar, task, withStatus } from '../page/page-bench';
import { recordPageErrors } from '../page/page-errors';
import { operator } from '../support/operator';
import { endAll } from '../support/rehearsal';
import { type Deployed, deployEverything } from './deployed';

describeInBrowser('the page on the deployed domain', () => {
  let browser: Browser;
  let deployed: Deployed;
  const faults: string[] = [];
  beforeAll(async () => {
    browser = await launch(findBrowser() as string);
    deployed = await deployEverything();
  });
  afterEach(() => expect(faults.splice(0)).toEqual([]));
  afterAll(async () => {
    await browser.close();
    await endAll();
  });

  /** Opens the page over HTTPS, through the emulator's proxy. */
  async function open(httpCredentials = operator): Promise<Page> {
    const { emulator, origin } = deployed;
    const context = await browser.newContext({
      proxy: { server: emulator.environment.HTTP_PROXY as string },
      ignoreHTTPSErrors: true,
      httpCredentials,
    });
    const page = await context.newPage();
    recordPageErrors(page, () => origin, faults);
    await page.goto(`${origin}/`);
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
    const { body } = await deployed.call('/lifecycle', { task_sid: sid ?? '' });
    expect(body.tasks).toEqual([expect.objectContaining({ task_sid: sid, assignment_status: 'completed' })]);
  });

  it('shows changes of a task that are made elsewhere', async () => {
    const page = await open();
    const { body } = await deployed.call('/create-task');
    const card = page.locator(`[data-task-sid="${body.task_sid}"]`);
    await card.and(withStatus(page, 'pending')).waitFor();
    await deployed.call('/cancel-task', { task_sid: body.task_sid, reason: 'shown' });
    await card.and(withStatus(page, 'canceled')).waitFor();
  });

  it('requires a sign-in after a wrong password, and shows nothing of the workspace', async () => {
    const page = await open({ ...operator, password: 'wrong' });
    await page.getByText('Sign in to the Functions').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Alice|WT[0-9a-f]{32}/);
  });
});
