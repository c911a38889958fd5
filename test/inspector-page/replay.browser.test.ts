import { describeInBrowser } from '../page/browser';
import { workspaceOf } from '../support/taskrouter-process';
import { button, entries, InspectorBench } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the replays of the inspector', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('sends a callback again, edited and signed afresh, and compares the answers', async () => {
    const page = await bench.open();
    const taskSid = await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('Value of TaskSid').fill('WTother');
    await button(page, 'Sign and send').click();
    await page.getByRole('heading', { name: 'Same response' }).waitFor();
    await entries(page, 'Replay of').getByText('would be: no instruction').waitFor();
    await page.waitForFunction(() => document.querySelector('.entries')?.scrollTop === 0);

    await button(page, 'Show original').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('URL', { exact: true }).fill(`${bench.ready.functionsUrl}/nothing`);
    await button(page, 'Sign and send').click();
    await page.getByRole('heading', { name: 'Different response' }).waitFor();
    const compared = page.locator('.compare .differs');
    await compared.getByText('200 application/json').waitFor();
    await compared.getByText('404 application/json').waitFor();
    const task = await workspaceOf(bench.ready).tasks(taskSid).fetch();
    expect(task.assignmentStatus).toBe('reserved');
  });

  it('sends a callback once when the button is double-clicked', async () => {
    const page = await bench.open();
    await bench.reserved();
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
    const page = await bench.open();
    await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('URL', { exact: true }).fill('http://evil.example/');
    await button(page, 'Sign and send').click();
    await page.getByRole('alert').getByText("only to the callback's own host or to this computer").waitFor();
  });
});
