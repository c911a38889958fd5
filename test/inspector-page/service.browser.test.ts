import { describeInBrowser } from '../page/browser';
import { workspaceOf } from '../support/taskrouter-process';
import { button, entries, InspectorBench, stepsDone } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the inspector and its service', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('moves the virtual clock, and lets happen what falls due', async () => {
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

  it('goes back to the workspace file after a question', async () => {
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
    // What the reset itself asks of the REST API is left out.
    await button(page, 'Changes 0').waitFor();
    expect(await workspaceOf(bench.ready).tasks.list()).toEqual([]);
    expect(await stepsDone(page)).toEqual([]);
  });

  it('goes on by itself when the TaskRouter was away', async () => {
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

describeInBrowser('the inspector page with --operator-auth', () => {
  const bench = new InspectorBench(['--memory', '--operator-auth']);
  const signedIn = () => ({
    httpCredentials: { username: bench.ready.accountSid, password: bench.ready.authToken },
  });

  it('asks for the account sid and the auth token with the dialogue of the browser', async () => {
    const page = await bench.newPage();
    // Without anybody to answer the dialogue, it counts as refused.
    const refused = await page.goto(`${bench.origin}/`).catch(() => null);
    expect(refused?.status() ?? 401).toBe(401);
    await bench.closePages();
    await bench.open(signedIn());
  });

  it('has no clock to move where time is this computer’s', async () => {
    const page = await bench.open(signedIn());
    await button(page, 'Reset …').waitFor();
    expect(await button(page, 'Advance').count()).toBe(0);
  });
});
