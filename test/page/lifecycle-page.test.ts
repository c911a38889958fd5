import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { anywhere, type Ready, TaskrouterProcess } from '../cli/taskrouter-process';
import { describeInBrowser, findBrowser, launch } from './browser';

jest.setTimeout(60_000);

/** What only a broken page does: foreign requests, exceptions, refusals by its own policy. */
const faults: string[] = [];
let browser: Browser;
let context: BrowserContext;
let ready: Ready;

const task = '[data-task-sid]';
const withStatus = (page: Page, status: string) => page.locator(`${task}[data-status="${status}"]`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const activity = (page: Page, worker: string, name: string) =>
  page.getByRole('group', { name: `Activity of ${worker}` }).getByRole('button', { name, exact: true });
const countAt = (page: Page, stage: string) =>
  page.locator('.stage', { hasText: stage }).getAttribute('data-count');
const statusBar = (page: Page) => page.locator('.status-bar');

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  await page.goto(`${ready.functionsUrl}/`);
  return page;
}

async function newPage(options: BrowserContextOptions): Promise<Page> {
  context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (line) => {
    if (/Content Security Policy|TrustedHTML/.test(line.text())) faults.push(line.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== ready.functionsUrl) faults.push(`asks ${request.url()}`);
  });
  return page;
}

/** Calls a Function as somebody else would, beside the page. */
async function elsewhere(name: string, parameters: Record<string, string>): Promise<void> {
  const body = new URLSearchParams(parameters);
  const response = await fetch(`${ready.functionsUrl}/${name}`, { method: 'POST', body });
  const status = name === 'create-task' ? 201 : 200;
  expect({ status: response.status, body: await response.text() }).toMatchObject({ status });
}

async function reset(): Promise<void> {
  const authorization = `Basic ${btoa(`${ready.accountSid}:${ready.authToken}`)}`;
  const response = await fetch(`${ready.taskrouterUrl}/_taskrouter/reset`, {
    method: 'POST',
    headers: { authorization },
  });
  expect(response.ok).toBe(true);
}

async function reserved(page: Page): Promise<string> {
  await button(page, 'Create task').click();
  await withStatus(page, 'pending').waitFor();
  await activity(page, 'Alice', 'Idle').click();
  await withStatus(page, 'reserved').waitFor();
  return (await page.locator(task).getAttribute('data-task-sid')) ?? '';
}

describeInBrowser('the lifecycle page', () => {
  beforeAll(async () => {
    browser = await launch(findBrowser() ?? '');
    ready = await new TaskrouterProcess(['start', '--memory', ...anywhere]).ready();
  });
  afterAll(async () => {
    await browser?.close();
    await TaskrouterProcess.endAll();
  });
  beforeEach(() => void faults.splice(0));
  afterEach(async () => {
    await context.close();
    await reset();
    expect(faults).toEqual([]);
  });

  it('takes a task from created to completed by its buttons', async () => {
    const page = await open();
    await page.getByText('No tasks yet. Create one, then set Alice Idle.').waitFor();
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
    expect(await page.locator(task).getAttribute('data-task-sid')).toMatch(/^WT[0-9a-f]{32}$/);
    await withStatus(page, 'pending').getByText('Waiting for a worker of').waitFor();
    expect(await countAt(page, 'Task Created')).toBe('1');

    await activity(page, 'Alice', 'Idle').click();
    await withStatus(page, 'reserved').getByText('Alice is asked.').waitFor();
    expect(await countAt(page, 'Worker reserved')).toBe('1');

    await button(page, 'Accept').click();
    await withStatus(page, 'assigned').getByText('Assigned to Alice.').waitFor();
    await page.locator('.worker[data-activity="Busy"]', { hasText: 'Alice' }).waitFor();
    expect(await countAt(page, 'Task assigned')).toBe('1');

    await button(page, 'Wrap up').click();
    await withStatus(page, 'wrapping').waitFor();
    await button(page, 'Complete').click();
    await withStatus(page, 'completed').getByText('Completed by Alice.').waitFor();
    expect(await withStatus(page, 'completed').getByRole('button').count()).toBe(0);
    await page.locator('[data-event-type="task.completed"]').waitFor();
  });

  it('offers a rejected task again, to whom is available then', async () => {
    const page = await open();
    await reserved(page);
    await button(page, 'Reject').click();
    await withStatus(page, 'pending').getByText('The offer to Alice was rejected.').waitFor();
    await page.locator('.worker[data-activity="Offline"]', { hasText: 'Alice' }).waitFor();
    await activity(page, 'Alice', 'Idle').click();
    await withStatus(page, 'reserved').getByText('Alice is asked.').waitFor();
    await button(page, 'Cancel').click();
    await withStatus(page, 'canceled').waitFor();
  });

  it('checks the attributes while one types, and sends none that are wrong', async () => {
    const page = await open();
    const field = page.getByLabel('Attributes, as JSON');
    await field.fill('{"selected_language":');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.getByText(/Not JSON yet/).waitFor();
    await button(page, 'Create task').click({ force: true });
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);

    await field.pressSequentially('"en","vip":true}');
    expect(await field.getAttribute('aria-invalid')).toBe('false');
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').getByText('“Customer Care Requests - English”').waitFor();
    await withStatus(page, 'pending').getByText('vip').waitFor();
    expect(await page.locator(task).count()).toBe(1);
    expect(await page.locator('.answers details').count()).toBe(1);
  });

  it('shows what a Function refuses in the words of the Function', async () => {
    const page = await open();
    const task_sid = await reserved(page);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/lifecycle', async (route) => held.then(() => route.continue()));
    await elsewhere('cancel-task', { task_sid });
    await button(page, 'Accept').click();
    await statusBar(page).getByText('accept-reservation: 409. ').waitFor();
    const answer = page.locator('.answers details[open]');
    expect(await answer.locator('pre').innerText()).toMatch(/"code": "reservation_not_pending"/);
    release();
    await withStatus(page, 'canceled').waitFor();
  });

  it('shows what happens elsewhere, within about a second and without being asked', async () => {
    const page = await open();
    await page.getByText('No tasks yet.').waitFor();
    await elsewhere('create-task', { selected_language: 'es' });
    await withStatus(page, 'pending').waitFor({ timeout: 5000 });
    expect(await page.locator('.spoken').innerText()).toMatch(/^New task [0-9a-f]{4}: Waiting/);
  });

  it('shows texts as texts, whatever they are', async () => {
    const page = await open();
    const text = '<img src=x onerror="document.title=1">';
    await elsewhere('create-task', { attributes: JSON.stringify({ selected_language: 'es', name: text }) });
    await withStatus(page, 'pending').getByText(text).waitFor();
    expect(await page.locator(`${task} img`).count()).toBe(0);
  });

  it('can be used by the keyboard alone, and keeps the place when a button goes away', async () => {
    const page = await open();
    await reserved(page);
    await button(page, 'Accept').focus();
    await page.keyboard.press('Enter');
    await withStatus(page, 'assigned').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-status="assigned"]'));
    await page.keyboard.press('Tab');
    expect(await button(page, 'Wrap up').evaluate((element) => element.matches(':focus-visible'))).toBe(true);
  });

  it('keeps what it has while the Functions cannot be reached, and goes on when they can', async () => {
    const page = await open();
    await elsewhere('create-task', { selected_language: 'es' });
    await withStatus(page, 'pending').waitFor();
    await page.route('**/lifecycle', (route) => route.abort());
    await statusBar(page)
      .getByText(/cannot be reached\. Trying again in \d+ s/)
      .waitFor();
    expect(await withStatus(page, 'pending').count()).toBe(1);
    await page.unroute('**/lifecycle');
    await statusBar(page).getByText('Live').waitFor();
  });

  it('stops reading while the tab is hidden and reads at once when it is shown', async () => {
    const page = await open();
    await page.getByText('No tasks yet.').waitFor();
    await page.clock.install();
    // A timer from before the clock was installed is real: one reading ends it.
    await page.waitForResponse('**/lifecycle');
    const show = (state: string) =>
      page.evaluate((visibilityState) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibilityState });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await show('hidden');
    let asked = 0;
    await page.waitForLoadState('networkidle');
    page.on('request', () => {
      asked += 1;
    });
    await page.clock.runFor(60_000);
    expect(asked).toBe(0);
    const read = page.waitForRequest('**/lifecycle');
    await show('visible');
    await read;
  });

  it('fits a telephone of 360 pixels with long attributes and errors', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } });
    await elsewhere('create-task', {
      attributes: JSON.stringify({ selected_language: 'en', note: 'x'.repeat(200) }),
    });
    await withStatus(page, 'pending').waitFor();
    await page.getByLabel('Attributes, as JSON').fill('{"a":"nobody takes this"}');
    await button(page, 'Create task').click();
    await statusBar(page)
      .getByText(/^create-task: 4\d\d\. /)
      .waitFor();
    const [content = 0, room = 0] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.body.offsetWidth,
    ]);
    expect(room).toBeGreaterThan(300);
    expect(content).toBeLessThanOrEqual(room);
  });

  it('is light or dark as the reader wants it', async () => {
    const ground = async (colorScheme: 'light' | 'dark') => {
      const page = await open({ colorScheme });
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await context.close();
      return colour;
    };
    expect(await ground('light')).toBe('rgb(245, 246, 246)');
    expect(await ground('dark')).toBe('rgb(19, 23, 23)');
    await open();
  });
});

describeInBrowser('the lifecycle page with --operator-auth', () => {
  beforeAll(async () => {
    browser = await launch(findBrowser() ?? '');
    ready = await new TaskrouterProcess(['start', '--memory', '--operator-auth', ...anywhere]).ready();
  });
  afterAll(async () => {
    await browser?.close();
    await TaskrouterProcess.endAll();
  });
  beforeEach(() => void faults.splice(0));
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  it('says how to sign in, and asks no more', async () => {
    // With a wrong password the browser's question is answered; without any it would wait for a person.
    const page = await open({ httpCredentials: { username: 'operator', password: 'wrong' } });
    await page.getByText('reload and enter the operator’s name and password').waitFor();
    await page.clock.install();
    let asked = 0;
    page.on('request', () => {
      asked += 1;
    });
    await page.clock.runFor(120_000);
    expect(asked).toBe(0);
    const read = page.waitForRequest('**/lifecycle');
    await button(page, 'Reload').click();
    await read;
  });

  it('works for the operator', async () => {
    const page = await open({ httpCredentials: ready.operator });
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
  });

  it('works when the address itself holds the name and password', async () => {
    const { username, password } = ready.operator;
    const page = await newPage({});
    const origin = (ready.functionsUrl ?? '').replace('//', `//${username}:${encodeURIComponent(password)}@`);
    // The browser remembers them once it was asked for them.
    await page.goto(`${origin}/lifecycle`);
    await page.goto(`${origin}/`);
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
  });
});
