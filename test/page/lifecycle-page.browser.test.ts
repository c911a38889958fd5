import { attributesField } from '../support/attributes-field';
import { removeFolders, temporaryFolder, workspaceOf } from '../support/taskrouter-process';
import { describeInBrowser } from './browser';
import { untilFocused } from './browser-bench';
import {
  activity,
  button,
  countAt,
  PageBench,
  reserved,
  show,
  statusBar,
  task,
  tokenAt,
  withStatus,
} from './page-bench';
import { aLifecycle } from './samples';

jest.setTimeout(120_000);

describeInBrowser('the lifecycle page', () => {
  const bench = new PageBench(['--data', temporaryFolder()]);
  afterAll(removeFolders);

  it('takes a task from created to completed with its buttons', async () => {
    const page = await bench.open();
    await page.getByText('No tasks yet. Create one, then set Alice Idle.').waitFor();
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
    const sid = (await page.locator(task).getAttribute('data-task-sid')) ?? '';
    expect(sid).toMatch(/^WT[0-9a-f]{32}$/);
    await tokenAt(page, sid.slice(-4), 0).waitFor();
    await withStatus(page, 'pending').getByText('Waiting for a worker of').waitFor();
    expect(await countAt(page, 'Task Created')).toBe('1');

    await activity(page, 'Alice', 'Idle').click();
    await withStatus(page, 'reserved').getByText('Offered to Alice.').waitFor();
    expect(await countAt(page, 'Worker reserved')).toBe('1');
    await tokenAt(page, sid.slice(-4), 2).waitFor();
    await tokenAt(page, 'Alice', 2).waitFor();

    await button(page, 'Accept').click();
    await withStatus(page, 'assigned').getByText('Assigned to Alice.').waitFor();
    await page.locator('.worker[data-activity="Busy"]', { hasText: 'Alice' }).waitFor();
    expect(await countAt(page, 'Task assigned')).toBe('1');
    await tokenAt(page, sid.slice(-4), 4).waitFor();
    await tokenAt(page, 'Alice', 4).waitFor();
    await page.locator('.worker', { hasText: 'Alice' }).getByText('capacity in use: default 1').waitFor();

    await button(page, 'Wrap up').click();
    await withStatus(page, 'wrapping').waitFor();
    await button(page, 'Complete').click();
    await withStatus(page, 'completed').getByText('Completed by Alice.').waitFor();
    await tokenAt(page, sid.slice(-4), 6).waitFor();
    expect(await withStatus(page, 'completed').getByRole('button').allInnerTexts()).toEqual([
      expect.stringMatching(/^Timeline/),
      expect.stringMatching(/^Why/),
    ]);
    await page.locator('[data-event-type="task.completed"]').waitFor();
  });

  it('offers a rejected task to the next available worker', async () => {
    const page = await bench.open();
    await reserved(page);
    await button(page, 'Reject').click();
    await withStatus(page, 'pending').getByText('The offer to Alice was rejected.').waitFor();
    await page.locator('.worker[data-activity="Offline"]', { hasText: 'Alice' }).waitFor();
    await activity(page, 'Alice', 'Idle').click();
    await withStatus(page, 'reserved').getByText('Offered to Alice.').waitFor();
    await button(page, 'Cancel').click();
    await withStatus(page, 'canceled').waitFor();
    await button(page, 'Open 0').click();
    await page.getByText('No open tasks.').waitFor();
    expect(await page.locator(task).count()).toBe(0);
    await button(page, 'All 1').click();
    await withStatus(page, 'canceled').waitFor();
  });

  it('checks the attributes during typing, and sends only valid ones', async () => {
    const page = await bench.open();
    const field = await attributesField(page);
    await field.fill('{"selected_language":');
    await page.getByText(/Invalid JSON/).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await button(page, 'Create task').click({ force: true });
    await untilFocused(field);

    await field.pressSequentially('"en","vip":true}');
    await page.getByText('Valid JSON: 2 attributes.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('false');
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').getByText('“Customer Care Requests - English”').waitFor();
    await withStatus(page, 'pending').getByText('vip').waitFor();
    expect(await page.locator(task).count()).toBe(1);
    expect(await page.locator('.responses details').count()).toBe(1);
  });

  it('shows the error message of the Function', async () => {
    const page = await bench.open();
    const task_sid = await reserved(page);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/lifecycle', async (route) => held.then(() => route.continue()));
    await bench.elsewhere('cancel-task', { task_sid });
    await button(page, 'Accept').click();
    await statusBar(page).getByText('accept-reservation: 409. ').waitFor();
    const details = page.locator('.responses details[open]');
    expect(await details.locator('pre').innerText()).toMatch(/"code": "reservation_not_pending"/);
    release();
    await withStatus(page, 'canceled').waitFor();
  });

  it('says why a task and a worker wait, which stays true while it is open', async () => {
    const page = await bench.open();
    await button(page, 'Create task').click();
    const card = page.locator(task);
    await card.getByRole('button', { name: /^Why/ }).click();
    const summary = card.locator('.explanation-summary');
    await summary.getByText('Alice is Offline, which is not available. Set Alice to Idle.').waitFor();
    await card
      .locator('.explained li', { hasText: 'Bob' })
      .getByText('languages HAS "es" is false')
      .waitFor();
    const alice = page.locator('.worker', { hasText: 'Alice' });
    await alice.getByRole('button', { name: /^Why/ }).click();
    await alice.locator('.explained li').getByText('is for Alice').waitFor();

    await activity(page, 'Alice', 'Idle').click();
    await summary.getByText('It is offered to Alice until').waitFor();
    await alice.locator('.explanation').getByText('No task waits.').waitFor();
    await bench.elsewhere('set-worker-activity', {
      worker: 'Alice',
      activity: 'Offline',
      reject_pending_reservations: 'true',
    });
    await summary.getByText('Alice is Offline').waitFor();
    await alice.locator('.explained a').focus();
    await page.keyboard.press('Escape');
    expect(await alice.locator('.explanation').count()).toBe(0);
    await untilFocused(alice.getByRole('button', { name: 'Why? About Alice' }));
    expect(await summary.count()).toBe(1);
  });

  it('shows changes made elsewhere without a reload', async () => {
    const page = await bench.open();
    await page.getByText('No tasks yet.').waitFor();
    await bench.elsewhere('create-task', { selected_language: 'es' });
    await withStatus(page, 'pending').waitFor({ timeout: 5000 });
    expect(await page.locator('p.visually-hidden').innerText()).toMatch(/^New task [0-9a-f]{4}: Waiting/);
  });

  it('links to the inspector and to the agent page of each worker', async () => {
    const page = await bench.open();
    const link = page.getByRole('link', { name: 'Inspector' });
    expect(await link.getAttribute('href')).toBe(`${bench.ready.taskrouterUrl}/`);
    const agents = page.getByRole('link', { name: /agent page/i });
    const addresses = await agents.evaluateAll((links) => links.map((each) => each.getAttribute('href')));
    expect(addresses).toEqual(['/agent.html?worker=Alice', '/agent.html?worker=Bob']);
    expect(await page.getByRole('link').count()).toBe(3);
  });

  it('does not wrap the status beside a long name', async () => {
    const page = await bench.open();
    const friendlyName = `Maximiliana ${'W'.repeat(52)}`;
    await workspaceOf(bench.ready).workers.create({ friendlyName, attributes: '{}' });
    const lamp = page.locator('.worker', { hasText: friendlyName }).locator('.indicator');
    await lamp.waitFor();
    const usual = page.locator('.worker', { hasText: 'Alice' }).locator('.indicator');
    const width = (element: Element) => element.getBoundingClientRect().width;
    expect(await lamp.evaluate(width)).toBe(await usual.evaluate(width));
  });

  it('shows HTML in names and attributes as text', async () => {
    const page = await bench.open();
    const text = '<img src=x onerror="document.title=1">';
    const attributes = JSON.stringify({ languages: ['es'], text });
    await workspaceOf(bench.ready).workers.create({ friendlyName: text, attributes });
    await bench.elsewhere('create-task', {
      attributes: JSON.stringify({ selected_language: 'es', name: text }),
    });
    await withStatus(page, 'pending').getByText(text).waitFor();
    await activity(page, text, 'Idle').click();
    await withStatus(page, 'reserved').getByText(`Offered to ${text}.`).waitFor();
    await tokenAt(page, text, 2).waitFor();
    await page.getByRole('button', { name: /^Timeline of task/ }).click();
    await page.locator('.timeline').getByText(`Offered to ${text}`).waitFor();
    await withStatus(page, 'reserved').locator('.json').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Task lifecycle');
  });

  it('shows on the timeline that the call ended and that the task is still open', async () => {
    const page = await bench.open();
    const workspace = workspaceOf(bench.ready);
    const attributes = { languages: ['es'], contact_uri: 'client:carol', simulated_call: { talk: 0 } };
    await workspace.workers.create({ friendlyName: 'Carol', attributes: JSON.stringify(attributes) });
    const caller = { selected_language: 'es', call_sid: `CA${'c'.repeat(32)}`, to: '+15550100' };
    await bench.elsewhere('create-task', { attributes: JSON.stringify(caller) });
    await activity(page, 'Carol', 'Idle').click();
    await withStatus(page, 'reserved').waitFor();
    const sid = (await page.locator(task).getAttribute('data-task-sid')) ?? '';
    const { reservations } = workspace.tasks(sid);
    const [offer] = await reservations.list();
    await reservations(offer?.sid ?? '').update({ instruction: 'dequeue' });
    await withStatus(page, 'assigned').waitFor();
    await page.getByRole('button', { name: /^Timeline of task/ }).click();
    const entry = page.locator('.timeline').getByText('The call to client:carol ended');
    await entry.waitFor();
    expect(await entry.innerText()).toContain('Complete the Task in your program');
    const notice = page.locator(`${task} .task-alert`);
    expect(await notice.innerText()).toContain('The call to client:carol ended');
    await button(page, 'Complete').click();
    await withStatus(page, 'completed').waitFor();
    expect(await notice.count()).toBe(0);
  });

  it('keeps the keyboard focus on the task when a button disappears', async () => {
    const page = await bench.open();
    await reserved(page);
    await button(page, 'Accept').focus();
    await page.keyboard.press('Enter');
    await withStatus(page, 'assigned').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-status="assigned"]'));
    await page.keyboard.press('Tab');
    expect(await button(page, 'Wrap up').evaluate((element) => element.matches(':focus-visible'))).toBe(true);
  });

  it('keeps the tasks while the Functions cannot be reached, and continues when they can', async () => {
    const page = await bench.open();
    await bench.elsewhere('create-task', { selected_language: 'es' });
    await withStatus(page, 'pending').waitFor();
    await page.route('**/lifecycle', (route) => route.abort());
    await statusBar(page)
      .getByText(/cannot be reached\. Retrying in \d+ s/)
      .waitFor();
    expect(await withStatus(page, 'pending').count()).toBe(1);
    await page.unroute('**/lifecycle');
    await statusBar(page).getByText('Live').waitFor();
  });

  it('stops polling while the tab is hidden, and reads at once when it is shown', async () => {
    const page = await bench.openAnother();
    await page.getByText('No tasks yet.').waitFor();
    await page.clock.install();
    // A timer from before the clock was installed is real: one reading ends it.
    await page.waitForResponse('**/lifecycle');
    await show(page, 'hidden');
    let requestCount = 0;
    await page.waitForLoadState('networkidle');
    page.on('request', () => {
      requestCount += 1;
    });
    await page.clock.runFor(60_000);
    expect(requestCount).toBe(0);
    const read = page.waitForRequest('**/lifecycle');
    await show(page, 'visible');
    await read;
  });

  it('fits a phone of 360 pixels with long attributes and errors', async () => {
    const page = await bench.open({ viewport: { width: 360, height: 740 } });
    await bench.elsewhere('create-task', {
      attributes: JSON.stringify({ selected_language: 'en', note: 'x'.repeat(200) }),
    });
    await withStatus(page, 'pending').waitFor();
    for (const why of await page.getByRole('button', { name: /^Why/ }).all()) await why.click();
    await page.locator('.explained').nth(3).waitFor();
    await (await attributesField(page)).fill('{"a":"nobody takes this"}');
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

  it('shows a response that arrives before the page has subscribed', async () => {
    const page = await bench.newPage();
    const workspace_warnings = ['The workspace file has 2 problems for routing. Run lint.'];
    const body = JSON.stringify(aLifecycle({ poll_after_ms: 3_600_000, workspace_warnings }));
    await page.addInitScript((text) => {
      // Without presets: their arrival would be another change.
      globalThis.fetch = async (url) =>
        String(url).includes('task_presets') ? new Promise(() => undefined) : new Response(text);
    }, body);
    await page.goto(`${bench.ready.functionsUrl}/`);
    await page.getByText('No tasks yet.').waitFor();
    await page.getByText('The workspace file has 2 problems').waitFor();
    // As on Twilio, where there is no local TaskRouter to ask.
    await page.getByRole('button', { name: 'Why? About Alice' }).click();
    await page.getByText(/^npx taskrouter explain --worker WK\w+ --target twilio$/).waitFor();
  });

  it('follows the color scheme of the system', async () => {
    const ground = async (colorScheme: 'light' | 'dark') => {
      const page = await bench.open({ colorScheme });
      const color = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      return color;
    };
    expect(await ground('light')).toBe('rgb(241, 243, 241)');
    expect(await ground('dark')).toBe('rgb(15, 20, 19)');
  });

  it('says that the service cannot be reached, and continues after its restart', async () => {
    const page = await bench.open();
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
    await bench.stop();
    await statusBar(page).getByText('cannot be reached').waitFor();
    expect(await withStatus(page, 'pending').count()).toBe(1);
    await bench.restart();
    await statusBar(page).getByText('Live').waitFor();
    await activity(page, 'Alice', 'Idle').click();
    await withStatus(page, 'reserved').waitFor();
  });
});
