import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countingSids } from '../support/counting-sids';
import { startTestService, workspaceWithAlice } from '../support/start-test-service';
import { testAccount, testStart } from '../support/start-test-taskrouter';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** One source of sids for all services, so that no sid is given twice. */
const newSid = countingSids();

async function started(options: { readonly now?: number } = {}) {
  const test = await startTestService({ ...options, newSid });
  open.push(test.service);
  await test.service.startCallbacks();
  return test;
}

const basic = `Basic ${Buffer.from(`${testAccount.sid}:${testAccount.authToken}`).toString('base64')}`;
type Test = Awaited<ReturnType<typeof started>>;

async function saved({ service }: Test): Promise<string> {
  const response = await fetch(`${service.url}/_taskrouter/snapshot`, { headers: { authorization: basic } });
  expect(response.headers.get('content-type')).toContain('application/jsonl');
  return response.text();
}

async function load({ service }: Test, body: string, query = '') {
  const response = await fetch(`${service.url}/_taskrouter/snapshot${query}`, {
    method: 'POST',
    headers: { authorization: basic, 'content-type': 'application/jsonl' },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A receiver on this computer that counts what it gets. */
async function receiver(): Promise<{ url: string; received: string[]; server: Server }> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      received.push(body);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close() });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received, server };
}

it('replaces the state of a running service, whose virtual clock then stands at the time of the snapshot', async () => {
  const first = await started();
  const { workspace } = await workspaceWithAlice(first.client, { taskReservationTimeout: 60 });
  const task = await workspace.tasks.create({ attributes: '{"selected_language":"es"}' });
  await first.clock.advance(20_000);
  const text = await saved(first);

  const other = await started({ now: testStart + 86_400_000 });
  await workspaceWithAlice(other.client);
  await other.clock.run();
  const { status, body } = await load(other, text);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { date: '2026-01-31T12:00:20.000Z', counts: { workers: 1, tasks: 1, reservations: 1 } },
  });
  expect([other.clock.now(), other.clock.running]).toEqual([testStart + 20_000, false]);
  expect(await saved(other)).toBe(text);

  const there = other.client.taskrouter.v1.workspaces(task.workspaceSid);
  expect((await there.tasks(task.sid).fetch()).assignmentStatus).toBe('reserved');
  expect((await there.events.list()).length).toBeGreaterThan(3);
  await other.clock.advance(39_999);
  expect((await there.tasks(task.sid).fetch()).assignmentStatus).toBe('reserved');
  await other.clock.advance(1);
  expect((await there.tasks(task.sid).fetch()).assignmentStatus).toBe('pending');
  expect(other.service.journal.events.since(0).length).toBeGreaterThan(0);
});

it('counts the events that were loaded in statistics, also those of a workspace that was there before', async () => {
  const test = await started();
  const { workspace } = await workspaceWithAlice(test.client);
  const created = async () => (await workspace.statistics().fetch()).cumulative.tasks_created;
  await workspace.tasks.create({ attributes: '{}' });
  const text = await saved(test);
  await workspace.tasks.create({ attributes: '{}' });
  expect(await created()).toBe(2);
  await load(test, text);
  expect(await created()).toBe(1);
});

it('names the account of the service in what was loaded', async () => {
  const first = await started();
  await workspaceWithAlice(first.client);
  const text = await saved(first);
  expect(text).not.toContain(testAccount.sid.slice(2));
  expect(text).toContain(`OU${'0'.repeat(32)}`);
  const other = await started();
  await load(other, text);
  const [event] = other.service.taskRouter.store
    .eventsAfter(0, 100)
    .filter(({ type }) => type === 'worker.created');
  expect(event?.fields.OperatingUnitSid).toBe(`OU${testAccount.sid.slice(2)}`);
});

it('sends nothing that waited in the outbox, and nothing to other computers, unless asked', async () => {
  const here = await receiver();
  const first = await startTestService({ newSid });
  open.push(first.service);
  const { workspace } = await workspaceWithAlice(first.client, {
    assignmentCallbackUrl: here.url,
    fallbackAssignmentCallbackUrl: 'https://care.example.com/fallback',
  });
  await workspace.tasks.create({ attributes: '{}' });
  const text = await saved(first);
  expect(text).toContain('"table":"deliveries"');

  const quiet = await started();
  expect((await load(quiet, text)).body).toMatchObject({ dropped_callbacks: 1, removed_callback_urls: 1 });
  await quiet.service.idle();
  expect(here.received).toEqual([]);
  const [workflow] = await quiet.client.taskrouter.v1
    .workspaces((await workspace.fetch()).sid)
    .workflows.list();
  expect(workflow).toMatchObject({ assignmentCallbackUrl: here.url, fallbackAssignmentCallbackUrl: null });

  const asked = await started();
  expect((await load(asked, text, '?callbacks=true')).body).toMatchObject({
    dropped_callbacks: 0,
    removed_callback_urls: 0,
  });
  await asked.service.idle();
  expect(here.received).toHaveLength(1);
  expect(here.received[0]).toContain(`AccountSid=${testAccount.sid}`);
});

it('keeps its state if the snapshot is damaged or of another type', async () => {
  const test = await started();
  await workspaceWithAlice(test.client);
  const before = await saved(test);
  const { status, body } = await load(test, before.replace('"Alice"', '"Alice'));
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { code: 20001, message: expect.stringContaining('line ') },
  });
  const form = await fetch(`${test.service.url}/_taskrouter/snapshot`, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams({ a: '1' }),
  });
  expect(form.status).toBe(400);
  expect(await saved(test)).toBe(before);
});

it('contains no secret, wherever one was put', async () => {
  const test = await started();
  const secret = 'pl4nted';
  const url = `https://user:${secret}@example.com/?X-Amz-Signature=${secret}`;
  const { workspace, alice } = await workspaceWithAlice(test.client, {
    assignmentCallbackUrl: url,
    fallbackAssignmentCallbackUrl: url,
  });
  await workspace.update({ eventCallbackUrl: url });
  const attributes = JSON.stringify({ api_key: secret, profile: url, nested: { password: secret } });
  await workspace.workers(alice.sid).update({ attributes });
  const keys = { friendlyName: 'Keys', targetWorkers: `api_key == "${secret}"` };
  const { sid: queue } = await workspace.taskQueues.create(keys);
  const filters = [{ expression: `token == '${secret}'`, targets: [{ queue }] }];
  const configuration = JSON.stringify({ task_routing: { filters } });
  const { sid: workflowSid } = await workspace.workflows.create({ friendlyName: 'Keys', configuration });
  const task = await workspace.tasks.create({
    workflowSid,
    attributes: JSON.stringify({ token: secret, note: testAccount.authToken }),
  });
  await workspace
    .tasks(task.sid)
    .update({ assignmentStatus: 'canceled', reason: `not ${testAccount.apiKey.secret}, see ${url}` });
  const text = await saved(test);
  expect(text).toContain('***');
  for (const planted of [secret, testAccount.authToken, testAccount.apiKey.secret])
    expect(text).not.toContain(planted);
});

it('fetches no TwiML and sends no status callback of a call to other computers, unless asked', async () => {
  const first = await started();
  const { workspace } = await workspaceWithAlice(first.client);
  const attributes = JSON.stringify({ call_sid: `CA${'1'.repeat(32)}`, to: '+15550100' });
  const task = await workspace.tasks.create({ attributes });
  const reservations = workspace.tasks(task.sid).reservations;
  const [reservation] = await reservations.list();
  await reservations(String(reservation?.sid)).update({
    instruction: 'call',
    callTo: 'client:alice',
    callFrom: '+15550100',
    callUrl: 'https://care.example.com/whisper',
    callStatusCallbackUrl: 'https://care.example.com/status',
  });
  const text = await saved(first);
  const quiet = await started();
  expect((await load(quiet, text)).body).toMatchObject({ removed_callback_urls: 3 });
  const [call] = [...quiet.service.taskRouter.view.all('calls')];
  expect([call?.url, call?.parameters]).toEqual([null, { to: 'client:alice', from: '+15550100' }]);
});
