import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { goodCredentials } from '../support/api-bench';
import { newRequest } from '../support/new-request';
import { type Message, SseReader } from '../support/sse-reader';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';

let running: TestService;
let receiver: Server;
let receiverUrl: string;
const readers: SseReader[] = [];

beforeEach(async () => {
  receiver = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/assignment`;
  running = await startTestService();
  await running.service.startCallbacks();
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await running.service.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function stream(query = '', headers: Record<string, string> = {}): Promise<SseReader> {
  const reader = await SseReader.open(`${running.service.url}/_taskrouter/stream${query}`, {
    authorization: goodCredentials,
    ...headers,
  });
  readers.push(reader);
  return reader;
}

const isShown = ({ event }: Message) => event !== 'state' && event !== 'event';
const isCallback = ({ event, data }: Message) => event === 'callback' && data.kind === 'assignment';

/** A workspace whose callbacks get responses, and a task that Alice is reserved for. */
async function offeredTask() {
  const { workspace } = await workspaceWithAlice(running.client, { assignmentCallbackUrl: receiverUrl });
  const task = await workspace.tasks.create({ attributes: '{}' });
  await running.service.idle();
  return { workspace, task };
}

it('starts with all kept entries, in order of occurrence', async () => {
  const { task } = await offeredTask();
  const reader = await stream();
  const past = (await reader.upTo(isCallback)).filter(isShown);
  expect(past[0]).toMatchObject({ event: 'begin', data: { resumed: false } });
  expect(past.slice(1).map(({ data }) => data.operation ?? data.kind)).toEqual([
    'CreateWorkspace',
    'CreateTaskQueue',
    'CreateWorkflow',
    'ListActivity',
    'CreateWorker',
    'CreateTask',
    'assignment',
  ]);
  const ids = past.slice(1).map(({ data }) => data.id);
  expect(ids).toEqual([...ids].sort((left, right) => left - right));
  expect(past.at(-1)?.data).toMatchObject({ task_sid: task.sid, outcome: 'no_instruction' });
});

it('sends each event, and what TaskRouter did with it', async () => {
  const reader = await stream();
  const { task } = await offeredTask();
  const events = (await reader.upTo(isCallback)).filter(({ event }) => event === 'event');
  const ofTask = events.filter(
    ({ data }) => data.task_sid === task.sid && !/^workflow/.test(data.event_type),
  );
  expect(ofTask.map(({ data }) => [data.event_type, data.task_status, data.worker_name])).toEqual([
    ['task.created', 'pending', null],
    ['task-queue.entered', 'pending', null],
    ['reservation.created', 'reserved', 'Alice'],
  ]);
});

it('sends the state immediately and after each change', async () => {
  const reader = await stream();
  const { data } = await reader.until(({ event }) => event === 'state');
  expect(data).toMatchObject({ counts: { tasks: 0 }, clock: { mode: 'virtual' }, functions_url: null });
  await offeredTask();
  await reader.until(({ event, data: state }) => event === 'state' && state.tasks_by_status?.reserved === 1);
});

it("continues after the reader's last entry", async () => {
  await offeredTask();
  const first = await stream();
  const { id } = await first.until(isCallback);
  first.close();
  const [workspace] = await running.client.taskrouter.v1.workspaces.list();
  for (const again of [
    await stream('', { 'last-event-id': id ?? '' }),
    await stream(`?last_event_id=${id}`),
  ]) {
    const [begun, next] = (await again.upTo(({ event }) => event === 'request')).filter(isShown);
    expect(begun?.data.resumed).toBe(true);
    expect(next?.data).toMatchObject({ operation: 'ListWorkspace', status: 200 });
  }
  expect(workspace?.friendlyName).toBe('Simple');
});

it.each(['elsewhere-3', 'nonsense', ''])('restarts for a reader with %j', async (id) => {
  await offeredTask();
  const reader = await stream('', { 'last-event-id': id });
  expect(await reader.next()).toMatchObject({ event: 'begin', data: { resumed: false } });
});

it('restarts for a reader who missed dropped entries', async () => {
  await offeredTask();
  const first = await stream();
  const { id } = await first.until(isCallback);
  first.close();
  for (let count = 0; count < 2002; count += 1) running.service.journal.requests.add(newRequest());
  const again = await stream('', { 'last-event-id': id ?? '' });
  expect((await again.next())?.data.resumed).toBe(false);
});

it.each([
  ['?kind=assignment', ['assignment']],
  ['?kind=read', ['ListActivity']],
  ['?kind=change&outcome=error', ['CreateTask']],
  ['?task_sid=WT00000000000000000000000000000001', ['CreateTask', 'assignment']],
  ['?worker_sid=WK00000000000000000000000000000001', ['CreateWorker', 'assignment']],
])('is filtered by %s', async (query, expected) => {
  const { workspace } = await offeredTask();
  await workspace.tasks.create({ attributes: 'no JSON' }).catch(() => undefined);
  await workspace.tasks.create({ taskChannel: 'voice', attributes: '{"last":true}' });
  await running.service.idle();
  const reader = await stream(query);
  // Every subscriber gets all events; the last one is that of the second task.
  const received = await reader.upTo(
    ({ event, data }) => event === 'event' && data.task_sid === 'WT00000000000000000000000000000002',
  );
  const shown = received.filter(({ event }) => ['request', 'callback', 'alert'].includes(event));
  expect(shown.map(({ data }) => data.operation ?? data.kind)).toEqual(expected);
});

it('sends only the messages that are asked for', async () => {
  await offeredTask();
  const reader = await stream('?types=callback,alert');
  const received = await reader.upTo(isCallback);
  expect(received.map(({ event }) => event)).toEqual(['begin', 'callback']);
  await running.service.clear();
  expect(await reader.next()).toMatchObject({ event: 'cleared' });
});

it.each(['?types=calls', '?kind=email', '?outcome=fine', '?outcome=ill', '?task_sid=1'])(
  'is refused for %s',
  async (query) => {
    await expect(stream(query)).rejects.toThrow('400: {"code":20001');
  },
);

it('reports when everything was cleared', async () => {
  await offeredTask();
  const reader = await stream();
  await reader.until(isCallback);
  await running.service.clear();
  await reader.until(({ event }) => event === 'cleared');
});

it('ends when the service stops, which does not wait for its readers', async () => {
  const reader = await stream();
  await reader.next();
  await running.service.close();
  for (let message = await reader.next(); message; message = await reader.next()) {
    // Whatever was still on its way.
  }
  expect(await reader.next()).toBeUndefined();
  running = await startTestService();
});
