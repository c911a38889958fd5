import { describeInBrowser } from '../page/browser';
import { untilFocused } from '../page/browser-bench';
import { button, detail, entries, InspectorBench } from './inspector-bench';
import { request } from './samples';

jest.setTimeout(120_000);

/** The entries of this period are one announcement. */
const announcementMs = 1500;

describeInBrowser('the entry list of the inspector', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('shows new entries as they arrive, newest first', async () => {
    const page = await bench.open();
    await bench.elsewhere('create-task', { selected_language: 'en' });
    await entries(page, 'CreateTask').getByText('201').waitFor();
    await entries(page, 'task.created').getByText('204 delivered').waitFor();
    const ids = await entries(page).evaluateAll((rows) =>
      rows.map((row) => Number(row.getAttribute('data-id'))),
    );
    expect(ids).toEqual([...ids].sort((left, right) => right - left));
  });

  it('filters the list by kind, task, worker, outcome, and text', async () => {
    const page = await bench.open();
    const taskSid = await bench.reserved();
    const { task_sid: other } = await bench.elsewhere('create-task', { selected_language: 'en' });
    await bench.post('/v1/Workspaces');
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

  it('offers to clear the filters only if a filter is set', async () => {
    const page = await bench.open();
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

  it('announces new entries together', async () => {
    const page = await bench.newPage();
    await page.clock.install();
    await bench.visit(page);
    // What came before is not announced.
    await page.clock.runFor(announcementMs);
    await bench.elsewhere('create-task');
    await entries(page, 'task.created').getByText('204 delivered').waitFor();
    await page.clock.runFor(announcementMs);
    await page
      .locator('#page > p.visually-hidden', { hasText: /: \d{3}.*, and \d+ more$/ })
      .waitFor({ state: 'attached' });
  });

  it('shows no new entries while it is paused', async () => {
    const page = await bench.open();
    await button(page, 'Pause').click();
    await bench.elsewhere('create-task');
    await button(page, /^Resume \([1-9]/).waitFor();
    expect(await entries(page, 'CreateTask').count()).toBe(0);
    await button(page, /^Resume/).click();
    await entries(page, 'CreateTask').waitFor();
  });

  it('can be used by the keyboard alone', async () => {
    const page = await bench.open();
    await bench.reserved();
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
    await untilFocused(detail(page));
    await page.keyboard.press('Tab');
    expect(await button(page, 'Copy as curl').evaluate((element) => element.matches(':focus-visible'))).toBe(
      true,
    );
  });

  it('lists a thousand entries, and draws only those near the view', async () => {
    const body = new URLSearchParams({ AssignmentStatus: 'nonsense' });
    const path = `/v1/Workspaces/${bench.ready.workspaceSid}/Tasks/WTnone`;
    for (let batch = 0; batch < 21; batch += 1)
      await Promise.all(Array.from({ length: 50 }, () => bench.post(path, body)));
    const page = await bench.open();
    await page.getByText('Only the newest 1000').waitFor();
    const list = page.locator('.entries');
    expect(await list.evaluate(({ scrollHeight }) => scrollHeight)).toBeGreaterThan(40_000);
    // Counts the rows that are drawn, because the time of a frame depends on what else this computer does.
    const drawn = () =>
      entries(page)
        .locator('.entry-title')
        .evaluateAll((titles) =>
          titles.map((title) => title.checkVisibility({ contentVisibilityAuto: true })),
        );
    const scrollTo = (top: number) =>
      list.evaluate(async (element, y) => {
        element.scrollTo(0, y);
        // The browser decides what to draw once per frame.
        for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
      }, top);
    await scrollTo(0);
    const atTop = await drawn();
    expect([atTop[0], atTop.at(-1)]).toEqual([true, false]);
    expect(atTop.filter(Boolean).length).toBeLessThan(200);
    await scrollTo(1e6);
    const atBottom = await drawn();
    expect([atBottom[0], atBottom.at(-1)]).toEqual([false, true]);
    expect(atBottom.filter(Boolean).length).toBeLessThan(200);
  });
});
