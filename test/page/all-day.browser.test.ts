import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describeInBrowser } from './browser';
import { activity, button, countAt, PageBench, reserved, statusBar, task, withStatus } from './page-bench';

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

/** What axe-core finds that keeps people out: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
async function seriousFaults(page: Page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]) }));
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

describeInBrowser('the lifecycle page, all day', () => {
  const bench = new PageBench();

  it('shows in one tab what is done in another, and lets only one of them be first', async () => {
    const [one, other] = [await bench.open(), await bench.open()];
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

  it('tells of a task what happened, who was asked and what was answered', async () => {
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

  it('shows how many wait in a queue, and since when', async () => {
    const page = await bench.open();
    await button(page, 'Create task').click();
    const queue = page.locator('.queue[data-waiting="1"]', { hasText: 'Spanish' });
    await queue.getByText(/^[1-9]\d* s$/).waitFor();
    await queue.locator('.chart canvas').waitFor();
    expect(await queue.getByRole('img').getAttribute('aria-label')).toMatch(/at most 1 waiting/);
  });

  it('gives a button’s work away as a line for a shell', async () => {
    const page = await bench.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Spanish', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'curl for Create task, copy' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`curl -X POST '${bench.ready.functionsUrl}/create-task'`);
    expect(copied).toContain(`attributes={"selected_language":"es"}`);
  });

  it('shows attributes of 4,096 characters in one line, and all of them on asking', async () => {
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

  it('holds a thousand tasks, draws those in sight, and draws none again that has not changed', async () => {
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
    for (let readings = 0; readings < 2; readings++) await page.waitForResponse('**/lifecycle');
    expect(await page.evaluate(() => (globalThis as unknown as { changed: number }).changed)).toBe(0);
    await page.locator(task).nth(999).scrollIntoViewIfNeeded();
    // The browser decides what to draw once per frame.
    await page.evaluate(async () => {
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    });
    expect(await isDrawn(999)).toBe(true);
  });

  it('takes a task from created to completed by the keyboard alone', async () => {
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

  it.each(['light', 'dark'] as const)(
    'keeps nobody out, says axe-core, in the %s scheme',
    async (colorScheme) => {
      const page = await bench.open({ colorScheme, reducedMotion: 'reduce' });
      await page.getByText('No tasks yet.').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await reserved(page);
      await activity(page, 'Bob', 'Idle').click();
      await page.getByRole('button', { name: /^Timeline of task/ }).click();
      await page.getByRole('button', { name: 'Code for the activities of Bob' }).click();
      await page.getByLabel('Attributes (JSON)').fill('{');
      await page.locator('.timeline').waitFor();
      expect(await seriousFaults(page)).toEqual([]);
    },
  );

  it('shows and asks nothing in a frame of another page', async () => {
    const page = await bench.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.setContent(`<iframe src="${bench.ready.functionsUrl}/"></iframe>`);
    const frame = page.frames()[1];
    await frame?.waitForLoadState('networkidle');
    expect(await frame?.locator('body').innerText()).toBe('');
    expect(asked).toContain('/lifecycle.js');
    expect(asked).not.toContain('/lifecycle');
  });
});
