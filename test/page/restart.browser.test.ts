import { removeFolders, temporaryFolder } from '../support/taskrouter-process';
import { describeInBrowser } from './browser';
import { activity, button, PageBench, statusBar, withStatus } from './page-bench';

jest.setTimeout(120_000);

describeInBrowser('the lifecycle page, while everything is stopped and started', () => {
  const bench = new PageBench(['--data', temporaryFolder()]);
  afterAll(removeFolders);

  it('says so, and goes on where it was', async () => {
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
