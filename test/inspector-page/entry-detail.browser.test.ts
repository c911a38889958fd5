import { describeInBrowser } from '../page/browser';
import { untilFocused } from '../page/browser-bench';
import { workspaceOf } from '../support/taskrouter-process';
import { button, detail, entries, InspectorBench } from './inspector-bench';

jest.setTimeout(120_000);

describeInBrowser('the details of the inspector', () => {
  const bench = new InspectorBench(['--memory', '--clock', 'virtual']);

  it('shows the request, the signed text, and the response of a callback', async () => {
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

  it('links an alert to its callback and back', async () => {
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

  it('says why a task and a worker wait, which stays true, and why the offer went to that worker', async () => {
    const page = await bench.open();
    const task_sid = await bench.reserved();
    await bench.elsewhere('create-task', { selected_language: 'en' });
    await entries(page, 'Assignment callback').click();
    await detail(page)
      .getByRole('button', { name: /^Why\? About task/ })
      .click();
    const ofTask = detail(page).getByRole('region', { name: /About task/ });
    await ofTask.getByText('It is offered to Alice until').waitFor();
    await detail(page).getByRole('button', { name: 'Why? About worker Alice' }).click();
    const ofAlice = detail(page).getByRole('region', { name: 'Why? About worker Alice' });
    await ofAlice.getByText('not_available').waitFor();

    await detail(page)
      .getByRole('button', { name: /^Why\? About reservation/ })
      .click();
    const ofOffer = detail(page).getByRole('region', { name: /About reservation/ });
    await ofOffer.locator('li[aria-current]', { hasText: 'Alice' }).getByText('was offered it').waitFor();
    await ofOffer.locator('li', { hasText: 'Bob' }).getByText('languages HAS "es" is false').waitFor();

    await bench.elsewhere('accept-reservation', { task_sid });
    await ofTask.getByText('It is assigned, with Alice.').waitFor();
    await bench.elsewhere('complete-task', { task_sid });
    await ofTask.getByText('It is completed').waitFor();
    await ofAlice.getByRole('button', { name: /^WT/ }).focus();
    await page.keyboard.press('Enter');
    const ofFilter = page.getByRole('search').getByRole('button', { name: /^Why\? About task/ });
    await ofFilter.click();
    await page.getByRole('search').locator('.explained li', { hasText: 'Bob' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('search').locator('.explanation').count()).toBe(0);
    await untilFocused(ofFilter);
  });

  it('scrolls the list and the details, and never the page itself', async () => {
    const page = await bench.open();
    await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await detail(page).locator('summary', { hasText: 'Request headers' }).click();
    expect(await detail(page).evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
    const [content, room] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
    expect(content).toBe(room);
  });

  it('shows HTML in names and attributes as text', async () => {
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

  it('contains no secrets', async () => {
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

  it('shows either the list or the details on a phone of 360 pixels', async () => {
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
    await detail(page).getByRole('button', { name: /^Why/ }).first().click();
    await detail(page).locator('.explained').nth(1).waitFor();
    await fits();
    await button(page, 'Back to the list').click();
    await entries(page, 'CreateTask').first().waitFor();
    await untilFocused(page.getByRole('listbox'));
  });

  it('sends an edited callback again with a new signature, and compares the responses', async () => {
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

  it('says why a callback cannot be sent to another host', async () => {
    const page = await bench.open();
    await bench.reserved();
    await entries(page, 'Assignment callback').click();
    await button(page, 'Replay …').click();
    await page.getByLabel('URL', { exact: true }).fill('http://evil.example/');
    await button(page, 'Sign and send').click();
    await page.getByRole('alert').getByText("only to the callback's own host or to this computer").waitFor();
  });
});
