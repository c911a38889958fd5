import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import { countingSids } from '../support/counting-sids';
import { startTestService, workspaceWithAlice } from '../support/start-test-service';
import { testStart } from '../support/start-test-taskrouter';

const directory = mkdtempSync(path.join(tmpdir(), 'taskrouter-restart-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** One source of sids over both lives, so that no sid is given twice. */
const newSid = countingSids();
const life = (name: string, now = testStart) =>
  startTestService({ store: openDataDirectory(path.join(directory, name)), now, newSid });

it('times out at start a reservation whose time ran out meanwhile', async () => {
  const before = await life('expired');
  const { workspace, alice } = await workspaceWithAlice(before.client, { taskReservationTimeout: 60 });
  const task = await workspace.tasks.create({ attributes: '{}' });
  const [pending] = await workspace.tasks(task.sid).reservations.list();
  expect(pending).toMatchObject({ reservationStatus: 'pending' });
  await before.service.close();

  const after = await life('expired', testStart + 61_000);
  const again = after.client.taskrouter.v1.workspaces(task.workspaceSid);
  expect(
    (
      await again
        .tasks(task.sid)
        .reservations(pending?.sid as string)
        .fetch()
    ).reservationStatus,
  ).toBe('timeout');
  expect((await again.tasks(task.sid).fetch()).assignmentStatus).toBe('pending');
  expect((await again.workers(alice.sid).fetch()).activityName).toBe('Offline');
  await after.service.close();
});

it('keeps the deadlines that have not come yet', async () => {
  const before = await life('running');
  const { workspace } = await workspaceWithAlice(before.client, { taskReservationTimeout: 60 });
  const task = await workspace.tasks.create({ attributes: '{}' });
  await before.clock.advance(30_000);
  await before.service.close();

  const after = await life('running', testStart + 40_000);
  const again = after.client.taskrouter.v1.workspaces(task.workspaceSid).tasks(task.sid);
  await after.clock.advance(19_999);
  expect((await again.fetch()).assignmentStatus).toBe('reserved');
  await after.clock.advance(1);
  expect((await again.fetch()).assignmentStatus).toBe('pending');
  await after.service.close();
});

it('announces after a restart a reservation that had not been announced', async () => {
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    received.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').end('{"instruction":"accept"}');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  // Callbacks are never started in the first life: it dies between the commit and the announcement.
  const before = await life('outbox');
  const { workspace } = await workspaceWithAlice(before.client, {
    assignmentCallbackUrl: `http://127.0.0.1:${port}/assignment-callback`,
  });
  const task = await workspace.tasks.create({ attributes: '{}' });
  expect((await workspace.tasks(task.sid).fetch()).assignmentStatus).toBe('reserved');
  await before.service.close();
  expect(received).toEqual([]);

  const after = await life('outbox', testStart + 1000);
  await after.service.startCallbacks();
  await after.service.idle();
  expect(received).toEqual(['/assignment-callback']);
  const again = after.client.taskrouter.v1.workspaces(task.workspaceSid).tasks(task.sid);
  expect((await again.fetch()).assignmentStatus).toBe('assigned');
  await after.service.close();
  await new Promise((resolve) => receiver.close(resolve));
});
