import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { testStart } from '../support/start-test-taskrouter';

let test: TestService;
let receiver: Server | null = null;

beforeAll(async () => {
  test = await startTestService();
  await test.service.startCallbacks();
});

afterAll(async () => {
  await test.service.close();
  receiver?.close();
});

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve) =>
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

/** A port on which nobody listens now. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

it('offers a task whose callback gets no response again at growing intervals, until the receiver is back', async () => {
  const { service, clock, client } = test;
  const port = await freePort();
  const assignmentCallbackUrl = `http://127.0.0.1:${port}/assignment-callback`;
  const { workspace, alice } = await workspaceWithAlice(client, { assignmentCallbackUrl });
  const task = await workspace.tasks.create({ attributes: '{}' });

  await clock.advance(130_000);
  const callbacks = service.callbackLog.list({ kind: 'assignment' });
  expect(callbacks.map(({ at }) => (at - testStart) / 1000).reverse()).toEqual([0, 1, 3, 7, 15, 31, 63, 123]);
  expect(new Set(callbacks.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
  // Between two offers nothing is reserved and Alice is free for other work.
  expect((await workspace.tasks(task.sid).fetch()).assignmentStatus).toBe('pending');
  expect((await workspace.workers(alice.sid).fetch()).activityName).toBe('Idle');

  receiver = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"instruction":"accept"}');
  });
  await listen(receiver, port);
  await clock.advance(60_000);
  expect((await workspace.tasks(task.sid).fetch()).assignmentStatus).toBe('assigned');
  expect((await workspace.workers(alice.sid).fetch()).activityName).toBe('Busy');
});
