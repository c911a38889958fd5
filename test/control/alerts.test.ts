import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testAccount } from '../support/start-test-taskrouter';

let running: TestService;
let receiver: Server;
let receiverUrl: string;

beforeEach(async () => {
  receiver = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"instruction":"dance"}');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/assignment`;
  running = await startTestService();
});
afterEach(async () => {
  await running.service.close();
  await new Promise((resolve) => receiver.close(resolve));
});

interface Listed {
  readonly code: number;
  readonly [name: string]: unknown;
}

async function alerts(query = ''): Promise<Listed[]> {
  const credentials = Buffer.from(`${testAccount.sid}:${testAccount.authToken}`).toString('base64');
  const response = await fetch(`${running.service.url}/_taskrouter/alerts${query}`, {
    headers: { authorization: `Basic ${credentials}` },
  });
  const body = (await response.json()) as { alerts?: Listed[]; message?: string };
  if (!body.alerts) throw new Error(body.message);
  return body.alerts;
}

async function knownWorkerTask() {
  const { workspace, alice } = await workspaceWithAlice(running.client);
  const queue = await workspace.taskQueues.create({ friendlyName: 'Nobody', targetWorkers: '1==2' });
  const workflow = await workspace.workflows.create({
    friendlyName: 'Known',
    configuration: JSON.stringify({
      task_routing: { default_filter: { queue: queue.sid, known_worker_sid: 'task.agent' } },
    }),
  });
  const attributes = JSON.stringify({ agent: alice.sid });
  const task = await workspace.tasks.create({ workflowSid: workflow.sid, attributes });
  return { workspace, alice, task };
}

describe('/_taskrouter/alerts', () => {
  it("lists alerts from routing, with Twilio's code, a remedy, and a link to more", async () => {
    const { task, alice } = await knownWorkerTask();
    expect(await alerts()).toEqual([
      {
        // Numbered together with requests, callbacks and events.
        id: expect.any(Number),
        call_sid: null,
        callback_id: null,
        date: '2026-01-31T12:00:00.000Z',
        date_ms: Date.parse('2026-01-31T12:00:00Z'),
        code: 40152,
        level: 'error',
        source: 'engine',
        workspace_sid: task.workspaceSid,
        resource_sid: task.sid,
        task_sid: task.sid,
        worker_sid: null,
        detail: `Worker Alice (${alice.sid}), known to Task ${task.sid}, is not in TaskQueue Nobody`,
        remedy: expect.stringMatching(/TaskQueue/),
        more_info: 'https://www.twilio.com/docs/errors/40152',
      },
    ]);
  });

  it('lists the alerts of a callback under its reservation, task, and worker', async () => {
    const { workspace, alice } = await workspaceWithAlice(running.client, {
      assignmentCallbackUrl: receiverUrl,
    });
    await running.service.startCallbacks();
    const task = await workspace.tasks.create({});
    await running.service.idle();
    const [reservation] = await workspace.tasks(task.sid).reservations.list();
    expect(await alerts('?code=55555')).toEqual([
      expect.objectContaining({
        code: 55555,
        level: 'error',
        source: 'callback',
        resource_sid: reservation?.sid,
        task_sid: task.sid,
        worker_sid: alice.sid,
      }),
    ]);
    expect(await alerts(`?worker_sid=${alice.sid}&level=error`)).toHaveLength(1);
    expect(await alerts('?level=warning')).toEqual([]);
    expect(await alerts('?code=55555&source=callback')).toHaveLength(1);
    expect(await alerts('?source=lint')).toEqual([]);
    await expect(alerts('?source=engines')).rejects.toThrow('engine, callback, api, function, lint');
  });

  it('lists absolute paging, which is also refused', async () => {
    const { alice } = await workspaceWithAlice(running.client);
    const url = `${running.service.url}/v1/Workspaces/${alice.workspaceSid}/Workers?Page=1`;
    await expect(running.client.request({ method: 'get', uri: url })).resolves.toMatchObject({
      statusCode: 400,
      body: { code: 40153 },
    });
    expect(await alerts(`?workspace_sid=${alice.workspaceSid}`)).toEqual([
      expect.objectContaining({
        code: 40153,
        level: 'warning',
        source: 'api',
        resource_sid: alice.workspaceSid,
      }),
    ]);
  });

  it('lists an instruction refused over REST under its reservation and task', async () => {
    const { workspace } = await workspaceWithAlice(running.client);
    const task = await workspace.tasks.create({});
    const [reservation] = await workspace.tasks(task.sid).reservations.list();
    const update = { instruction: 'dequeue', dequeueFrom: '+15550100', dequeueTo: '+15550101' };
    await expect(
      workspace
        .tasks(task.sid)
        .reservations(reservation?.sid as string)
        .update(update),
    ).rejects.toMatchObject({ status: 400 });
    expect(await alerts(`?task_sid=${task.sid}`)).toEqual([
      expect.objectContaining({ code: 40140, level: 'error', source: 'api', resource_sid: reservation?.sid }),
    ]);
  });

  it('lists no other refusals, because the client received them', async () => {
    await expect(running.client.taskrouter.v1.workspaces('WS1').fetch()).rejects.toMatchObject({
      status: 404,
    });
    expect(await alerts()).toEqual([]);
  });

  it.each([
    ['limit=0', 'out of range'],
    ['level=loud', 'error, warning'],
    ['task_sid=7', 'invalid format'],
    ['code=x', 'whole number'],
  ])('refuses %s', async (query, message) => {
    await expect(alerts(`?${query}`)).rejects.toThrow(message);
  });

  it('is empty after everything is cleared', async () => {
    await knownWorkerTask();
    await running.service.clear();
    expect(await alerts()).toEqual([]);
  });

  it('requires credentials', async () => {
    expect((await fetch(`${running.service.url}/_taskrouter/alerts`)).status).toBe(401);
  });
});
