import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { describeInBrowser, findBrowser, launch } from '../page/browser';
import { recordPageErrors } from '../page/page-errors';
import { anywhere, type Ready, TaskrouterProcess, workspaceOf } from '../support/taskrouter-process';
import { request } from './samples';

jest.setTimeout(60_000);

const faults: string[] = [];
let browser: Browser;
let context: BrowserContext;
let running: TaskrouterProcess;
let ready: Ready;

const start = async (flags: readonly string[], ports: readonly string[] = anywhere) => {
  running = new TaskrouterProcess(['start', '--memory', ...ports, ...flags]);
  ready = await running.ready();
};

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
const entries = (page: Page, text?: string) =>
  page.locator('.entry', text === undefined ? {} : { hasText: text });
const detail = (page: Page) => page.getByRole('region', { name: 'Details' });
const stepsDone = (page: Page) =>
  page
    .locator('[data-step][data-done="true"]')
    .evaluateAll((steps) => steps.map((step) => step.getAttribute('data-step')));

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  recordPageErrors(page, () => ready.taskrouterUrl, faults);
  await page.goto(`${ready.taskrouterUrl}/`);
  await page.locator('[data-connection="live"]').waitFor();
  return page;
}

/** Calls a Function as somebody else would, beside the page. */
async function elsewhere(
  name: string,
  parameters: Record<string, string> = {},
): Promise<{ task_sid: string }> {
  const body = new URLSearchParams(parameters);
  const response = await fetch(`${ready.functionsUrl}/${name}`, { method: 'POST', body });
  expect(response.ok).toBe(true);
  return (await response.json()) as { task_sid: string };
}

const authorization = () => `Basic ${btoa(`${ready.accountSid}:${ready.authToken}`)}`;

async function reset(): Promise<void> {
  const headers = { authorization: authorization() };
  const response = await fetch(`${ready.taskrouterUrl}/_taskrouter/reset`, { method: 'POST', headers });
  expect(response.ok).toBe(true);
}

/** A task that Alice is reserved for. */
async function reserved(): Promise<string> {
  const { task_sid } = await elsewhere('create-task');
  await elsewhere('set-worker-activity', { worker: 'Alice', activity: 'Idle' });
  return task_sid;
}

describeInBrowser('the inspector page', () => {
  beforeAll(async () => {
    browser = await launch(findBrowser() ?? '');
    await start(['--clock', 'virtual']);
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

  it('shows what happens while it happens, newest first', async () => {
    const page = await open();
    await elsewhere('create-task', { selected_language: 'en' });
    await entries(page, 'CreateTask').getByText('201').waitFor();
    await entries(page, 'task.created').getByText('204 delivered').waitFor();
    const ids = await entries(page).evaluateAll((rows) =>
      rows.map((row) => Number(row.getAttribute('data-id'))),
    );
    expect(ids).toEqual([...ids].sort((left, right) => right - left));
  });

  it('ticks the tour through a whole lifecycle, and remembers it', async () => {
    const page = await open();
    const next = page.locator('.next-step');
    await next.getByText(`${ready.functionsUrl}/create-task`).waitFor();
    expect(await stepsDone(page)).toEqual([]);
    const { task_sid } = await elsewhere('create-task');
    await next.getByText('set-worker-activity?worker=Alice&activity=Idle').waitFor();
    await elsewhere('set-worker-activity', { worker: 'Alice', activity: 'Idle' });
    await next.getByText(`accept-reservation?task_sid=${task_sid}`).waitFor();
    expect(await stepsDone(page)).toEqual(['created', 'available', 'reserved']);

    await page.reload();
    await next.getByText(`accept-reservation?task_sid=${task_sid}`).waitFor();
    await button(page, 'Show callback').click();
    await detail(page).getByText('Assignment callback').waitFor();

    await elsewhere('accept-reservation', { task_sid });
    await next.getByText(`complete-task?task_sid=${task_sid}`).waitFor();
    await elsewhere('complete-task', { task_sid });
    await next.getByText('The lifecycle is complete.').waitFor();
    expect(await stepsDone(page)).toHaveLength(6);
    await button(page, 'Start over with a new task').click();
    await next.getByText(`${ready.functionsUrl}/create-task`).waitFor();
  });

  it('links to nothing that acts', async () => {
    const page = await open();
    await reserved();
    await page.locator('[data-step="reserved"][data-done="true"]').waitFor();
    const links = await page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toEqual([`${ready.functionsUrl}/`]);
  });

  it('leaves the list where it is while the tour goes on', async () => {
    const page = await open({ viewport: { width: 1280, height: 720 } });
    const next = page.locator('.next-step');
    const top = () => page.locator('.inspector').evaluate((list) => list.getBoundingClientRect().top);
    await next.getByText('/create-task').waitFor();
    const before = await top();
    const task_sid = await reserved();
    await next.getByText(`accept-reservation?task_sid=${task_sid}`).waitFor();
    expect(await top()).toBe(before);
    await elsewhere('accept-reservation', { task_sid });
    await elsewhere('complete-task', { task_sid });
    await next.getByText('The lifecycle is complete.').waitFor();
    expect(await top()).toBe(before);
  });

  it('shows a callback in full: what was sent, what was signed, what was answered', async () => {
    const page = await open();
    const taskSid = await reserved();
    await entries(page, 'Assignment callback').click();
    await detail(page).getByText('no instruction: stays pending').waitFor();
    await detail(page)
      .locator('.address', { hasText: `${ready.functionsUrl}/assignment-callback` })
      .waitFor();
    await detail(page).locator('summary', { hasText: 'Signed text' }).click();
    const signed = await detail(page).locator('.signed').innerText();
    expect(signed).toMatch(
      new RegExp(
        `^${ready.functionsUrl}/assignment-callbackAccountSid${ready.accountSid}.*TaskSid${taskSid}`,
      ),
    );
    await detail(page).locator('summary', { hasText: 'Request headers' }).click();
    await detail(page)
      .getByRole('row', { name: /^X-Twilio-Signature / })
      .waitFor();
  });

  it('narrows the list down by kind, task, worker, trouble and text', async () => {
    const page = await open();
    const taskSid = await reserved();
    const { task_sid: other } = await elsewhere('create-task', { selected_language: 'en' });
    await fetch(`${ready.taskrouterUrl}/v1/Workspaces`, {
      method: 'POST',
      headers: { authorization: authorization() },
    });
    await entries(page, other.slice(-4)).first().waitFor();
    await page.getByLabel('Task', { exact: true }).selectOption(taskSid);
    await entries(page, other.slice(-4)).first().waitFor({ state: 'detached' });
    expect(await entries(page, 'Assignment callback').count()).toBe(1);
    await page.getByLabel('Task', { exact: true }).selectOption('');
    await page.getByLabel('Worker').selectOption({ label: 'Alice' });
    await entries(page, 'CreateTask').first().waitFor({ state: 'detached' });
    await page.getByLabel('Worker').selectOption('');
    await button(page, 'Errors only').click();
    await entries(page, 'task.created').first().waitFor({ state: 'detached' });
    expect(await entries(page).allInnerTexts()).toEqual([expect.stringMatching(/CreateWorkspace\s+400/)]);
    await button(page, 'Errors only').click();
    await page.getByLabel('Outcome').selectOption('no instruction');
    await entries(page, 'task.created').first().waitFor({ state: 'detached' });
    expect(await entries(page).allInnerTexts()).toEqual([
      expect.stringMatching(/Assignment callback\s+200 no instruction/),
    ]);
    await page.getByLabel('Outcome').selectOption('');
    await page.getByLabel('Search').fill('nothing says this');
    await page.getByText('No matching entries.').waitFor();
    await button(page, 'Clear filters').click();
    await button(page, /^Events/).click();
    await entries(page, 'task.created').first().waitFor({ state: 'detached' });
    await button(page, /^Reads/).click();
    await entries(page, 'ListWorker').first().waitFor();
  });

  it('offers to show everything again only to whom hides something by choice', async () => {
    const page = await open();
    const read = { ...request({ method: 'GET' }), type: undefined };
    const lines = ['event: begin', 'data: {"run":"1","resumed":false}', '', 'event: request'];
    const body = [...lines, `data: ${JSON.stringify(read)}`, '', ''].join('\n');
    await page.route('**/_taskrouter/stream', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    await page.reload();
    await button(page, /^Reads 1/).waitFor();
    expect(await button(page, 'Clear filters').count()).toBe(0);
    await button(page, 'Errors only').click();
    await button(page, 'Clear filters').click();
    expect(await button(page, 'Clear filters').count()).toBe(0);
  });

  it('tells who listens what came in', async () => {
    const page = await open();
    const news = page.locator('#page > p.visually-hidden', { hasText: /: \d{3}.*, and \d+ more$/ });
    let isTold = false;
    const told = news.waitFor({ state: 'attached' }).then(() => {
      isTold = true;
    });
    // What comes in the first moments counts as having been there.
    while (!isTold) await elsewhere('create-task');
    await told;
  });

  it('holds still while it is paused', async () => {
    const page = await open();
    await button(page, 'Pause').click();
    await elsewhere('create-task');
    await button(page, /^Resume \([1-9]/).waitFor();
    expect(await entries(page, 'CreateTask').count()).toBe(0);
    await button(page, /^Resume/).click();
    await entries(page, 'CreateTask').waitFor();
  });

  it('sends a callback again, edited and signed afresh, and compares the answers', async () => {
    const page = await open();
    const taskSid = await reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('Value of TaskSid').fill('WTother');
    await button(page, 'Sign and send').click();
    await page.getByRole('heading', { name: 'Same response' }).waitFor();
    await entries(page, 'Replay of').getByText('would be: no instruction').waitFor();
    await page.waitForFunction(() => document.querySelector('.entries')?.scrollTop === 0);

    await button(page, 'Show original').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('URL', { exact: true }).fill(`${ready.functionsUrl}/nothing`);
    await button(page, 'Sign and send').click();
    await page.getByRole('heading', { name: 'Different response' }).waitFor();
    const compared = page.locator('.compare .differs');
    await compared.getByText('200 application/json').waitFor();
    await compared.getByText('404 application/json').waitFor();
    const task = await workspaceOf(ready).tasks(taskSid).fetch();
    expect(task.assignmentStatus).toBe('reserved');
  });

  it('sends a callback once when the button is double-clicked', async () => {
    const page = await open();
    await reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    let sent = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/replay')) sent += 1;
    });
    await button(page, 'Sign and send').evaluate((element: HTMLElement) => {
      element.click();
      element.click();
    });
    await page.getByRole('heading', { name: 'Same response' }).waitFor();
    expect(sent).toBe(1);
  });

  it('says why a callback cannot be sent there', async () => {
    const page = await open();
    await reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('URL', { exact: true }).fill('http://evil.example/');
    await button(page, 'Sign and send').click();
    await page.getByRole('alert').getByText('only to where the callback went or to this computer').waitFor();
  });

  it('leads from an alert to its callback and back', async () => {
    const page = await open();
    const [workflow] = await workspaceOf(ready).workflows.list();
    await workspaceOf(ready)
      .workflows(workflow?.sid ?? '')
      .update({ assignmentCallbackUrl: `${ready.functionsUrl}/nothing` });
    await reserved();
    await entries(page, '11200').first().click();
    await detail(page).getByText('Check the path of the URL.').waitFor();
    await button(page, 'Show the callback').click();
    await detail(page).locator('.badge', { hasText: 'failed' }).waitFor();
    await button(page, 'Show the alert').click();
    await detail(page).getByRole('link', { name: '11200 in Twilio’s documentation' }).waitFor();
  });

  it('scrolls the list and the details, and never the page itself', async () => {
    const page = await open({ viewport: { width: 1280, height: 720 } });
    await reserved();
    await entries(page, 'Assignment callback').click();
    await detail(page).locator('summary', { hasText: 'Request headers' }).click();
    expect(await detail(page).evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
    const [content, room] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    expect(content).toBe(room);
  });

  it('moves the virtual clock, and lets happen what falls due', async () => {
    const page = await open();
    const taskSid = await reserved();
    const status = async () => (await workspaceOf(ready).tasks(taskSid).fetch()).assignmentStatus;
    const face = page.locator('.clock-face time');
    const before = Date.parse((await face.getAttribute('datetime')) ?? '');
    await page.getByText('next in 20 min').waitFor();
    await page.getByLabel('Advance by').fill('10');
    await button(page, 'Advance').click();
    await page.getByText('next in 10 min').waitFor();
    expect(Date.parse((await face.getAttribute('datetime')) ?? '') - before).toBe(600_000);
    expect(await status()).toBe('reserved');
    await button(page, 'Next event').click();
    await entries(page, 'reservation.timeout').waitFor();
    expect(await status()).toBe('pending');
  });

  it('goes back to the workspace file after a question', async () => {
    const page = await open();
    await elsewhere('create-task');
    await entries(page, 'CreateTask').waitFor();
    await button(page, 'Reset …').click();
    // What the Enter key would do at once does no harm.
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await workspaceOf(ready).tasks.list()).toHaveLength(1);
    await button(page, 'Reset …').click();
    await button(page, 'Reset').click();
    await entries(page, 'CreateTask').waitFor({ state: 'detached' });
    await page.locator('.state', { hasText: /^Tasks\s*0/ }).waitFor();
    // What the reset itself asks of the REST API is left out.
    await button(page, 'Changes 0').waitFor();
    expect(await workspaceOf(ready).tasks.list()).toEqual([]);
    expect(await stepsDone(page)).toEqual([]);
  });

  it('shows texts as texts, whatever they are', async () => {
    const page = await open();
    const text = '<img src=x onerror="document.title=1">';
    await workspaceOf(ready).workers.create({ friendlyName: text, attributes: JSON.stringify({ text }) });
    await elsewhere('create-task', { attributes: JSON.stringify({ selected_language: 'es', text }) });
    await entries(page, 'CreateWorker').click();
    await detail(page).getByText(text).first().waitFor();
    await page.getByLabel('Worker').selectOption({ label: text });
    await entries(page, text).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('TaskRouter inspector');
  });

  it('has secrets nowhere', async () => {
    const page = await open();
    await reserved();
    await button(page, /^Reads/).click();
    for (const title of ['Assignment callback', 'CreateTask', 'ListWorker']) {
      await entries(page, title).first().click();
      await detail(page)
        .locator('details')
        .evaluateAll((parts) => parts.forEach((part) => void part.setAttribute('open', '')));
      const html = await page.content();
      expect(html.match(/user-agent/i)).not.toBeNull();
      const secrets = [ready.authToken, ready.operator.password, authorization().slice(6)];
      expect(secrets.filter((secret) => html.includes(secret))).toEqual([]);
    }
  });

  it('can be used by the keyboard alone', async () => {
    const page = await open();
    await reserved();
    await entries(page, 'reservation.created').waitFor();
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    const selected = page.locator('.entry[aria-selected="true"]');
    const first = await selected.getAttribute('data-id');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(
      (id) => document.querySelector('[aria-selected="true"]')?.getAttribute('data-id') !== id,
      first,
    );
    await page.keyboard.press('End');
    const last = await entries(page).last().getAttribute('data-id');
    await page.locator(`.entry[data-id="${last}"][aria-selected="true"]`).waitFor();
    expect(await page.getByRole('listbox').getAttribute('aria-activedescendant')).toBe(`entry-${last}`);
    await page.keyboard.press('Tab');
    expect(await detail(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await button(page, 'Copy as curl').evaluate((element) => element.matches(':focus-visible'))).toBe(
      true,
    );
  });

  it('shows a thousand entries, of which those out of sight cost nothing to scroll past', async () => {
    const page = await open();
    const body = new URLSearchParams({ AssignmentStatus: 'nonsense' });
    const url = `${ready.taskrouterUrl}/v1/Workspaces/${ready.workspaceSid}/Tasks/WTnone`;
    for (let batch = 0; batch < 21; batch += 1)
      await Promise.all(
        Array.from({ length: 50 }, () =>
          fetch(url, { method: 'POST', headers: { authorization: authorization() }, body }),
        ),
      );
    await page.getByText('Only the newest 1000').waitFor();
    const frames = await page.locator('.entries').evaluate(async (list) => {
      let longest = 0;
      let last = performance.now();
      while (list.scrollTop + list.clientHeight < list.scrollHeight - 1) {
        list.scrollTop += 2000;
        await new Promise(requestAnimationFrame);
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      return { longest, height: list.scrollHeight };
    });
    expect(frames.height).toBeGreaterThan(40_000);
    // Far from smooth would be a picture for which all rows are laid out; this machine may be busy.
    expect(frames.longest).toBeLessThan(400);
  });

  it('fits a telephone of 360 pixels, where list and details take turns', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } });
    await elsewhere('create-task', {
      attributes: JSON.stringify({ selected_language: 'en', note: 'x'.repeat(200) }),
    });
    const fits = async () => {
      const [content = 0, room = 0] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(content).toBeLessThanOrEqual(room);
    };
    await entries(page, 'CreateTask').waitFor();
    await fits();
    const friendlyName = 'W'.repeat(64);
    await workspaceOf(ready).workers.create({ friendlyName, attributes: '{}' });
    await reserved();
    const title = entries(page, 'Assignment callback').locator('.entry-title');
    await title.waitFor();
    await fits();
    expect(await title.evaluate((element) => element.clientWidth)).toBeGreaterThan(90);
    await entries(page, 'CreateTask').last().click();
    await detail(page).getByText('Attributes', { exact: true }).waitFor();
    expect(await entries(page).first().isVisible()).toBe(false);
    expect(await detail(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await fits();
    await button(page, 'Back to the list').click();
    await entries(page, 'CreateTask').first().waitFor();
    expect(await page.getByRole('listbox').evaluate((list) => list === document.activeElement)).toBe(true);
  });

  it.each(['light', 'dark'] as const)('is found to be accessible in the %s scheme', async (colorScheme) => {
    const page = await open({ colorScheme, bypassCSP: true });
    await reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    expect(await seriousFindings(page)).toEqual([]);
    await button(page, 'Reset …').click();
    expect(await seriousFindings(page)).toEqual([]);
    await button(page, 'Cancel').click();
  });

  it('goes on by itself when the TaskRouter was away', async () => {
    const page = await open();
    await elsewhere('create-task');
    await entries(page, 'CreateTask').waitFor();
    await running.stop();
    await page.locator('[data-connection="lost"]').waitFor();
    expect(await entries(page, 'CreateTask').count()).toBe(1);
    const { port } = new URL(ready.taskrouterUrl);
    const ports = anywhere.map((flag, index) => (anywhere[index - 1] === '--taskrouter-port' ? port : flag));
    await start(['--clock', 'virtual'], ports);
    await page.locator('[data-connection="live"]').waitFor();
    await entries(page, 'CreateTask').waitFor({ state: 'detached' });
    await elsewhere('create-task');
    await entries(page, 'CreateTask').waitFor();
  });
});

describeInBrowser('the inspector page with --operator-auth', () => {
  beforeAll(async () => {
    browser = await launch(findBrowser() ?? '');
    await start(['--operator-auth']);
  });
  afterAll(async () => {
    await browser?.close();
    await TaskrouterProcess.endAll();
  });
  afterEach(() => context.close());

  it('asks for the account sid and the auth token with the dialogue of the browser', async () => {
    context = await browser.newContext();
    const page = await context.newPage();
    // Without anybody to answer the dialogue, it counts as refused.
    const refused = await page.goto(`${ready.taskrouterUrl}/`).catch(() => null);
    expect(refused?.status() ?? 401).toBe(401);
    await context.close();
    await open({ httpCredentials: { username: ready.accountSid, password: ready.authToken } });
  });

  it('has no clock to move where time is this computer’s', async () => {
    const page = await open({ httpCredentials: { username: ready.accountSid, password: ready.authToken } });
    await button(page, 'Reset …').waitFor();
    expect(await button(page, 'Advance').count()).toBe(0);
  });
});

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe-core finds serious or worse. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const findings = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )) as readonly Finding[];
  const serious = findings.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
