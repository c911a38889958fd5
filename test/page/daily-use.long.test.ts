import type { Page, Route } from 'playwright-core';
import { attributesField } from '../support/attributes-field';
import { describeInBrowser } from './browser';
import {
  activity,
  button,
  countAt,
  PageBench,
  reserved,
  show,
  statusBar,
  task,
  withStatus,
} from './page-bench';
import { seriousFaults } from './serious-faults';

jest.setTimeout(120_000);

/** Tabs on until the element with this name has the focus, and uses it. */
async function useByKeyboard(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return {
        text: element?.textContent?.trim() ?? '',
        isVisible: element?.matches(':focus-visible') ?? false,
      };
    });
    if (focused.text !== name) continue;
    expect(focused.isVisible).toBe(true);
    return page.keyboard.press('Enter');
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

/** By plain requests and without event callbacks, three per task, because nothing else here needs them. */
async function createTasks(bench: PageBench, count: number): Promise<void> {
  const { workspaceSid, workflowSid } = bench.ready;
  const withoutCallbacks = new URLSearchParams({ EventCallbackUrl: '' });
  expect((await bench.post(`/v1/Workspaces/${workspaceSid}`, withoutCallbacks)).ok).toBe(true);
  const create = async (index: number) => {
    const Attributes = JSON.stringify({ selected_language: 'es', index });
    const body = new URLSearchParams({ WorkflowSid: workflowSid, Attributes });
    const response = await bench.post(`/v1/Workspaces/${workspaceSid}/Tasks`, body);
    expect({ status: response.status, text: await response.text() }).toMatchObject({ status: 201 });
  };
  for (let made = 0; made < count; made += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => create(made + index)));
}

/** Twilio serves assets without a policy that forbids frames. */
async function withoutHeaders(route: Route): Promise<void> {
  const response = await route.fetch();
  await route.fulfill({ body: await response.body(), contentType: 'text/html' });
}

/** Hides and shows the tab, which reads at once then. */
async function readAgain(page: Page): Promise<void> {
  const response = page.waitForResponse('**/lifecycle');
  await show(page, 'hidden');
  await show(page, 'visible');
  await (await response).finished();
}

describeInBrowser('the lifecycle page in daily use', () => {
  const bench = new PageBench();

  it('shows in one tab what happens in another, and accepts only the first action', async () => {
    const [one, other] = [await bench.open(), await bench.openAnother()];
    await reserved(one);
    await withStatus(other, 'reserved').waitFor();
    await one.route('**/lifecycle', (route) => route.abort());
    await button(other, 'Accept').click();
    await withStatus(other, 'assigned').waitFor();
    // The first tab does not know yet: the Function tells it.
    await button(one, 'Cancel').click();
    await statusBar(one).getByText('cancel-task: 409. ').waitFor();
    expect(await one.locator('.responses .json').first().innerText()).toContain('"task_is_assigned"');
    await one.unroute('**/lifecycle');
    await withStatus(one, 'assigned').waitFor();
  });

  it('shows the events, offers, and responses of a task on its timeline', async () => {
    const page = await bench.open();
    await reserved(page);
    await page.getByRole('button', { name: /^Timeline of task/ }).click();
    const timeline = page.locator('.timeline');
    await timeline.getByText('Offered to Alice').waitFor();
    await button(page, 'Reject').click();
    await timeline.getByText(/^Alice rejected/).waitFor();
    const words = await timeline.locator('li > span').allInnerTexts();
    expect(words[0]).toBe('Created');
    expect(words.at(-1)).toMatch(/^Alice rejected/);
  });

  it('shows how many tasks wait in a queue, and how long', async () => {
    const page = await bench.open();
    await button(page, 'Create task').click();
    const queue = page.locator('.queue[data-waiting="1"]', { hasText: 'Spanish' });
    await queue.getByText(/^[1-9]\d* s$/).waitFor();
    await queue.locator('.chart canvas').waitFor();
    expect(await queue.getByRole('img').getAttribute('aria-label')).toMatch(/at most 1 waiting/);
  });

  it('copies the request of a button as a curl command', async () => {
    const page = await bench.open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Spanish', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'curl for Create task, copy' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`curl -X POST '${bench.ready.functionsUrl}/create-task'`);
    expect(copied).toContain(`attributes={"selected_language":"es"}`);
  });

  it('shortens attributes of 4,096 characters to one line, and shows all of them in the details', async () => {
    const page = await bench.open({ viewport: { width: 360, height: 740 } });
    const empty = JSON.stringify({ selected_language: 'es', note: '' });
    const note = 'n'.repeat(4096 - empty.length);
    await bench.elsewhere('create-task', { attributes: JSON.stringify({ selected_language: 'es', note }) });
    const card = withStatus(page, 'pending');
    await card.waitFor();
    expect((await card.locator('dl').innerText()).length).toBeLessThan(300);
    await page.getByRole('button', { name: /^Timeline of task/ }).click();
    expect(await card.locator('.json').innerText()).toContain(note);
  });

  it('lists a thousand tasks, draws only those in view, and redraws none without a change', async () => {
    await createTasks(bench, 1000);
    const page = await bench.newPage();
    // A response with a thousand tasks is too large to read ten times a second.
    await bench.pollAsUsual(page);
    await page.goto(`${bench.origin}/`);
    await page.locator(task).nth(999).waitFor({ state: 'attached' });
    expect(await page.locator(task).count()).toBe(1000);
    expect(await countAt(page, 'Task Created')).toBe('1000');
    expect(await page.locator('.token[data-stage="0"]').count()).toBe(6);
    const isDrawn = (index: number) =>
      page
        .locator(task)
        .nth(index)
        .locator('.task-status')
        .evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }));
    expect(await isDrawn(0)).toBe(true);
    expect(await isDrawn(999)).toBe(false);
    await page.evaluate(() => {
      const seen = globalThis as unknown as { changed: number };
      seen.changed = 0;
      const list = document.querySelector('.tasks');
      const observer = new MutationObserver((changes) => {
        seen.changed += changes.length;
      });
      if (list)
        observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    for (let readings = 0; readings < 2; readings++) await readAgain(page);
    expect(await page.evaluate(() => (globalThis as unknown as { changed: number }).changed)).toBe(0);
    await page.locator(task).nth(999).scrollIntoViewIfNeeded();
    // The browser decides what to draw once per frame.
    await page.evaluate(async () => {
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    });
    expect(await isDrawn(999)).toBe(true);
  });

  it('takes a task from created to completed with the keyboard alone', async () => {
    const page = await bench.open();
    await page.getByText('No tasks yet.').waitFor();
    await useByKeyboard(page, 'Create task');
    await withStatus(page, 'pending').waitFor();
    await useByKeyboard(page, 'Idle');
    await withStatus(page, 'reserved').waitFor();
    await useByKeyboard(page, 'Accept');
    await withStatus(page, 'assigned').waitFor();
    await useByKeyboard(page, 'Wrap up');
    await withStatus(page, 'wrapping').waitFor();
    await useByKeyboard(page, 'Complete');
    await withStatus(page, 'completed').waitFor();
  });

  it('has no serious accessibility violation in either color scheme', async () => {
    const page = await bench.open();
    await page.getByText('No tasks yet.').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await reserved(page);
    await activity(page, 'Bob', 'Idle').click();
    await page.getByRole('button', { name: /^Timeline of task/ }).click();
    await page.getByRole('button', { name: 'Code for the activities of Bob' }).click();
    for (const why of await page.getByRole('button', { name: /^Why/ }).all()) await why.click();
    await (await attributesField(page)).fill('{');
    await page.locator('.timeline').waitFor();
    await page.locator('.explained').nth(1).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('shows and requests nothing in a frame of another page, as on Twilio', async () => {
    const page = await bench.newPage();
    const paths: string[] = [];
    page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await page.route(`${bench.origin}/`, withoutHeaders);
    await page.setContent(`<iframe src="${bench.origin}/"></iframe>`);
    const frame = page.frames()[1];
    await frame?.waitForLoadState('networkidle');
    expect(await frame?.locator('body').innerText()).toBe('');
    expect(paths).toContain('/lifecycle.js');
    expect(paths).not.toContain('/lifecycle');
  });
});
