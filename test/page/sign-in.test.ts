import { describeInBrowser } from './browser';
import { button, PageBench, withStatus } from './page-bench';

jest.setTimeout(60_000);

describeInBrowser('the lifecycle page with --operator-auth', () => {
  const bench = new PageBench(['--operator-auth']);

  it('says how to sign in, and asks no more', async () => {
    // With a wrong password the browser's question is answered; without any it would wait for a person.
    const page = await bench.open({ httpCredentials: { username: 'operator', password: 'wrong' } });
    await page.getByText('reload and enter the operator’s name and password').waitFor();
    await page.clock.install();
    let asked = 0;
    page.on('request', () => {
      asked += 1;
    });
    await page.clock.runFor(120_000);
    expect(asked).toBe(0);
    const read = page.waitForRequest('**/lifecycle');
    await button(page, 'Reload').click();
    await read;
  });

  it('works for the operator', async () => {
    const page = await bench.open({ httpCredentials: bench.ready.operator });
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
  });

  it('works when the address itself holds the name and password', async () => {
    const { username, password } = bench.ready.operator;
    const page = await bench.newPage({});
    const origin = (bench.ready.functionsUrl ?? '').replace(
      '//',
      `//${username}:${encodeURIComponent(password)}@`,
    );
    // The browser remembers them once it was asked for them.
    await page.goto(`${origin}/lifecycle`);
    await page.goto(`${origin}/`);
    await button(page, 'Create task').click();
    await withStatus(page, 'pending').waitFor();
  });
});
