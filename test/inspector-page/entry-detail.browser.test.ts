import { describeInBrowser } from '../page/browser';
import { untilFocused } from '../page/browser-bench';
import { workspaceOf } from '../support/taskrouter-process';
import { button, detail, entries, InspectorBench } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the details of the inspector', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('shows a callback in full: what was sent, what was signed, what was answered', async () => {
    const page = await bench.open();
    const taskSid = await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await detail(page).getByText('no instruction: stays pending').waitFor();
    await detail(page)
      .locator('.address', { hasText: `${bench.ready.functionsUrl}/assignment-callback` })
      .waitFor();
    await detail(page).locator('summary', { hasText: 'Signed text' }).click();
    const signed = await detail(page).locator('.signed').innerText();
    expect(signed).toMatch(
      new RegExp(
        `^${bench.ready.functionsUrl}/assignment-callbackAccountSid${bench.ready.accountSid}.*TaskSid${taskSid}`,
      ),
    );
    await detail(page).locator('summary', { hasText: 'Request headers' }).click();
    await detail(page)
      .getByRole('row', { name: /^X-Twilio-Signature / })
      .waitFor();
  });

  it('leads from an alert to its callback and back', async () => {
    const page = await bench.open();
    const [workflow] = await workspaceOf(bench.ready).workflows.list();
    await workspaceOf(bench.ready)
      .workflows(workflow?.sid ?? '')
      .update({ assignmentCallbackUrl: `${bench.ready.functionsUrl}/nothing` });
    await bench.reserved();
    await entries(page, '11200').first().click();
    await detail(page).getByText('Check the path of the URL.').waitFor();
    await button(page, 'Show the callback').click();
    await detail(page).locator('.badge', { hasText: 'failed' }).waitFor();
    await button(page, 'Show the alert').click();
    await detail(page).getByRole('link', { name: '11200 in Twilio’s documentation' }).waitFor();
  });

  it('scrolls the list and the details, and never the page itself', async () => {
    const page = await bench.open({ viewport: { width: 1280, height: 720 } });
    await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await detail(page).locator('summary', { hasText: 'Request headers' }).click();
    expect(await detail(page).evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
    const [content, room] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    expect(content).toBe(room);
  });

  it('shows texts as texts, whatever they are', async () => {
    const page = await bench.open();
    const text = '<img src=x onerror="document.title=1">';
    await workspaceOf(bench.ready).workers.create({
      friendlyName: text,
      attributes: JSON.stringify({ text }),
    });
    await bench.elsewhere('create-task', { attributes: JSON.stringify({ selected_language: 'es', text }) });
    await entries(page, 'CreateWorker').click();
    await detail(page).getByText(text).first().waitFor();
    await page.getByLabel('Worker').selectOption({ label: text });
    await entries(page, text).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('TaskRouter inspector');
  });

  it('has secrets nowhere', async () => {
    const page = await bench.open();
    await bench.reserved();
    await button(page, /^Reads/).click();
    for (const title of ['Assignment callback', 'CreateTask', 'ListWorker']) {
      await entries(page, title).first().click();
      await detail(page)
        .locator('details')
        .evaluateAll((parts) => parts.forEach((part) => void part.setAttribute('open', '')));
      const html = await page.content();
      expect(html.match(/user-agent/i)).not.toBeNull();
      const secrets = [bench.ready.authToken, bench.ready.operator.password, bench.authorization.slice(6)];
      expect(secrets.filter((secret) => html.includes(secret))).toEqual([]);
    }
  });

  it('fits a telephone of 360 pixels, where list and details take turns', async () => {
    const page = await bench.open({ viewport: { width: 360, height: 740 } });
    await bench.elsewhere('create-task', {
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
    await workspaceOf(bench.ready).workers.create({ friendlyName, attributes: '{}' });
    await bench.reserved();
    const title = entries(page, 'Assignment callback').locator('.entry-title');
    await title.waitFor();
    await fits();
    expect(await title.evaluate((element) => element.clientWidth)).toBeGreaterThan(90);
    await entries(page, 'CreateTask').last().click();
    await detail(page).getByText('Attributes', { exact: true }).waitFor();
    expect(await entries(page).first().isVisible()).toBe(false);
    await untilFocused(detail(page));
    await fits();
    await button(page, 'Back to the list').click();
    await entries(page, 'CreateTask').first().waitFor();
    await untilFocused(page.getByRole('listbox'));
  });
});
