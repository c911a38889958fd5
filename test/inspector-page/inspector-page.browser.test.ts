import { describeInBrowser } from '../page/browser';
import { untilFocused } from '../page/browser-bench';
import { seriousFaults } from '../page/serious-faults';
import { workspaceOf } from '../support/taskrouter-process';
import { button, detail, entries, InspectorBench, stepsDone } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the inspector page', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('advances the virtual clock, and processes what is due', async () => {
    const page = await bench.open();
    const taskSid = await bench.reserved();
    const status = async () => (await workspaceOf(bench.ready).tasks(taskSid).fetch()).assignmentStatus;
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

  it('resets to the workspace file after a confirmation', async () => {
    const page = await bench.open();
    await bench.elsewhere('create-task');
    await entries(page, 'CreateTask').waitFor();
    await button(page, 'Reset …').click();
    // What the Enter key would do at once does no harm.
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await workspaceOf(bench.ready).tasks.list()).toHaveLength(1);
    await button(page, 'Reset …').click();
    await button(page, 'Reset').click();
    await entries(page, 'CreateTask').waitFor({ state: 'detached' });
    await page.locator('.state', { hasText: /^Tasks\s*0/ }).waitFor();
    // Without the REST API requests of the reset itself.
    await button(page, 'Changes 0').waitFor();
    expect(await workspaceOf(bench.ready).tasks.list()).toEqual([]);
    expect(await stepsDone(page)).toEqual([]);
  });

  it('checks off the tour through a whole lifecycle, and remembers it', async () => {
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

  it('shows a call as it goes on: the conversation, the TwiML, and what happened in the log', async () => {
    const page = await bench.open();
    await button(page, /^Calls/).click();
    await page.getByText('No calls yet.').waitFor();
    const { call_sid } = await (
      await bench.post('/_taskrouter/calls', new URLSearchParams({ from: '+15550111' }))
    ).json();
    await entries(page, '+15550111').getByText('in-progress').waitFor();
    await page.getByRole('listbox').press('ArrowDown');
    const said = detail(page).getByRole('log');
    await said.getByText('Para español, oprima el uno.').waitFor();
    await bench.post(`/_taskrouter/calls/${call_sid}`, new URLSearchParams({ digits: '1' }));
    await said.getByText('Es el siguiente en la fila.').waitFor();
    await detail(page).getByText('/enqueue-call', { exact: true }).click();
    await detail(page).locator('.xml').getByText('Enqueue').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);

    await button(page, 'Only this call in the log').click();
    await entries(page, '/wait').waitFor();
    expect(await entries(page, 'CreateWorker').count()).toBe(0);
    await entries(page, '/enqueue-call').click();
    await detail(page).getByRole('button', { name: 'Show the call' }).click();
    await said.waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    await button(page, 'Back to the list').click();
    await entries(page, '+15550111').waitFor();
    await untilFocused(page.getByRole('listbox'));
    await bench.post(`/_taskrouter/calls/${call_sid}`, new URLSearchParams({ action: 'hang_up' }));
    await entries(page, '+15550111').getByText('completed').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('has no link that changes anything', async () => {
    const page = await bench.open();
    await bench.reserved();
    await page.locator('[data-step="reserved"][data-done="true"]').waitFor();
    const links = await page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links).toEqual([`${bench.ready.functionsUrl}/`]);
  });

  it('does not move the list while the tour advances', async () => {
    const page = await bench.open();
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

  it('has no serious accessibility violation in either color scheme', async () => {
    const page = await bench.open();
    await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    for (const why of await detail(page).getByRole('button', { name: /^Why/ }).all()) await why.click();
    await detail(page).locator('.explained').first().waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await button(page, 'Reset …').click();
    expect(await seriousFaults(page)).toEqual([]);
    await button(page, 'Cancel').click();
  });

  it('reconnects after a restart of the TaskRouter', async () => {
    const page = await bench.open();
    await bench.elsewhere('create-task');
    await entries(page, 'CreateTask').waitFor();
    await bench.stop();
    await page.locator('[data-connection="lost"]').waitFor();
    expect(await entries(page, 'CreateTask').count()).toBe(1);
    await bench.restart();
    await page.locator('[data-connection="live"]').waitFor();
    await entries(page, 'CreateTask').waitFor({ state: 'detached' });
    await bench.elsewhere('create-task');
    await entries(page, 'CreateTask').waitFor();
  });
});
