import { describeInBrowser } from '../page/browser';
import { button, detail, InspectorBench, stepsDone } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the tour of the inspector', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('ticks the tour through a whole lifecycle, and remembers it', async () => {
    const page = await bench.open();
    const next = page.locator('.next-step');
    await next.getByText(`${bench.ready.functionsUrl}/create-task`).waitFor();
    expect(await stepsDone(page)).toEqual([]);
    const { task_sid } = await bench.elsewhere('create-task');
    await next.getByText('set-worker-activity?worker=Alice&activity=Idle').waitFor();
    await bench.elsewhere('set-worker-activity', { worker: 'Alice', activity: 'Idle' });
    await next.getByText(`accept-reservation?task_sid=${task_sid}`).waitFor();
    expect(await stepsDone(page)).toEqual(['created', 'available', 'reserved']);

    await page.reload();
    await next.getByText(`accept-reservation?task_sid=${task_sid}`).waitFor();
    await button(page, 'Show callback').click();
    await detail(page).getByText('Assignment callback').waitFor();

    await bench.elsewhere('accept-reservation', { task_sid });
    await next.getByText(`complete-task?task_sid=${task_sid}`).waitFor();
    await bench.elsewhere('complete-task', { task_sid });
    await next.getByText('The lifecycle is complete.').waitFor();
    expect(await stepsDone(page)).toHaveLength(6);
    await button(page, 'Start over with a new task').click();
    await next.getByText(`${bench.ready.functionsUrl}/create-task`).waitFor();
  });

  it('links to nothing that acts', async () => {
    const page = await bench.open();
    await bench.reserved();
    await page.locator('[data-step="reserved"][data-done="true"]').waitFor();
    const links = await page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toEqual([`${bench.ready.functionsUrl}/`]);
  });

  it('leaves the list where it is while the tour goes on', async () => {
    const page = await bench.open({ viewport: { width: 1280, height: 720 } });
    const next = page.locator('.next-step');
    const top = () => page.locator('.inspector').evaluate((list) => list.getBoundingClientRect().top);
    await next.getByText('/create-task').waitFor();
    const before = await top();
    const task_sid = await bench.reserved();
    await next.getByText(`accept-reservation?task_sid=${task_sid}`).waitFor();
    expect(await top()).toBe(before);
    await bench.elsewhere('accept-reservation', { task_sid });
    await bench.elsewhere('complete-task', { task_sid });
    await next.getByText('The lifecycle is complete.').waitFor();
    expect(await top()).toBe(before);
  });
});
