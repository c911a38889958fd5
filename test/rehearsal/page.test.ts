import type { Browser } from 'playwright-core';
import { describeInBrowser, findBrowser, launch } from '../page/browser';
import { type Deployed, deployEverything } from './deployed';
import { endAll, operator } from './rehearsal';

describeInBrowser('the page on the deployed domain', () => {
  let browser: Browser;
  let deployed: Deployed;
  beforeAll(async () => {
    browser = await launch(findBrowser() as string);
    deployed = await deployEverything();
  });
  afterAll(async () => {
    await browser.close();
    await endAll();
  });

  it('shows a task and what becomes of it, and asks nobody but its own domain', async () => {
    const { cloud, origin, call } = deployed;
    const context = await browser.newContext({
      proxy: { server: cloud.environment.HTTP_PROXY as string },
      ignoreHTTPSErrors: true,
      httpCredentials: operator,
    });
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) foreign.push(request.url());
    });
    await page.goto(`${origin}/`);
    const { body } = await call('/create-task');
    const task = page.locator(`[data-task-sid="${body.task_sid}"]`);
    await task.and(page.locator('[data-status="pending"]')).first().waitFor();
    await call('/cancel-task', { task_sid: body.task_sid, reason: 'shown' });
    await task.and(page.locator('[data-status="canceled"]')).first().waitFor();
    expect(foreign).toEqual([]);
  });
});
