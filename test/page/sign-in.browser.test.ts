import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { button, PageBench, show, withStatus } from './page-bench';

jest.setTimeout(120_000);

describeInBrowser('the pages with --operator-auth', () => {
  const bench = new PageBench(['--memory', '--operator-auth']);

  const wrong = { httpCredentials: { username: 'operator', password: 'wrong' } };

  it('says how to sign in, and stops polling', async () => {
    // With a wrong password the browser's dialog is filled in; without any it would wait for a person.
    const page = await bench.openAnother(wrong);
    await page.getByText('Sign in to the Functions').waitFor();
    await page.clock.install();
    let requestCount = 0;
    page.on('request', () => {
      requestCount += 1;
    });
    await page.clock.runFor(120_000);
    expect(requestCount).toBe(0);
    const read = page.waitForRequest('**/lifecycle');
    await button(page, 'Reload').click();
    await read;
  });

  it('continues when the operator returns from signing in', async () => {
    const page = await bench.openAnother(wrong);
    const signIn = page.getByRole('link', { name: 'Sign in' });
    await signIn.waitFor();
    await page.context().setHTTPCredentials(bench.ready.operator);
    const [opened] = await Promise.all([page.context().waitForEvent('page'), signIn.click()]);
    await opened.getByText('"poll_after_ms"').waitFor();
    await opened.close();
    await show(page, 'hidden');
    await show(page, 'visible');
    await page.getByText('No tasks yet.').waitFor();
  });

  it('says what to do if no password is configured, and continues when there is one', async () => {
    const page = await bench.newPage({ httpCredentials: bench.ready.operator });
    await page.clock.install();
    const message = 'No operator is configured: set OPERATOR_USERNAME and OPERATOR_PASSWORD.';
    await page.route('**/lifecycle', (route) =>
      route.fulfill({ status: 500, json: { code: 'operator_not_configured', message } }),
    );
    await page.goto(`${bench.ready.functionsUrl}/`);
    await page.getByRole('heading', { name: 'No password is set' }).waitFor();
    await page.getByText(message).waitFor();
    await page.unroute('**/lifecycle');
    await page.clock.runFor(30_000);
    await page.getByText('No tasks yet.').waitFor();
  });

  it('works for the operator', async () => {
    const page = await bench.openAnother({ httpCredentials: bench.ready.operator });
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
  });

  it('works when the URL contains the username and password', async () => {
    const { username, password } = bench.ready.operator;
    const page = await bench.newPage({});
    const origin = (bench.ready.functionsUrl ?? '').replace(
      '//',
      `//${username}:${encodeURIComponent(password)}@`,
    );
    // The browser remembers them once it was asked for them.
    await page.goto(`${origin}/lifecycle`);
    await page.goto(`${origin}/`);
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
  });

  /** The inspector, once it is connected, for the account of the service. */
  async function openInspector(): Promise<Page> {
    const { accountSid, authToken, taskrouterUrl } = bench.ready;
    const httpCredentials = { username: accountSid, password: authToken };
    const page = await bench.newPage({ httpCredentials }, taskrouterUrl);
    await page.goto(taskrouterUrl);
    await page.locator('[data-connection="live"]').waitFor();
    return page;
  }

  it('asks for the account sid and the auth token in the browser’s own dialog', async () => {
    const page = await bench.newPage({}, bench.ready.taskrouterUrl);
    // Nobody fills in the dialog, so it counts as canceled.
    const refused = await page.goto(bench.ready.taskrouterUrl).catch(() => null);
    expect(refused?.status() ?? 401).toBe(401);
    await openInspector();
  });

  it('has no buttons to advance the system clock', async () => {
    const page = await openInspector();
    await button(page, 'Reset …').waitFor();
    expect(await button(page, 'Advance').count()).toBe(0);
  });
});
