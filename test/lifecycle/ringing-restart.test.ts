import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import { countingSids } from '../support/counting-sids';
import { startTestService, type TestService, workspaceWithAlice } from '../support/start-test-service';
import { startTestTaskRouter, testStart } from '../support/start-test-taskrouter';

const directory = mkdtempSync(path.join(tmpdir(), 'taskrouter-ringing-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** One source of sids over both lives, so that no sid is given twice. */
const newSid = countingSids();
const life = (name: string, seconds = 0) =>
  startTestService({
    store: openDataDirectory(path.join(directory, name)),
    now: testStart + seconds * 1000,
    newSid,
    simulatedCalls: { after: 10, talk: 30 },
  });

/** An enqueued task on offer to Alice, and what each run can read of it. */
async function offered({ client }: Pick<TestService, 'client'>, multiTaskEnabled = false) {
  const { workspace, alice } = await workspaceWithAlice(client, {}, multiTaskEnabled);
  const attributes = JSON.stringify({ call_sid: `CA${'c'.repeat(32)}`, to: '+15550100' });
  const task = await workspace.tasks.create({ attributes });
  const [pending] = await workspace.tasks(task.sid).reservations.list();
  if (!pending) throw new Error('Alice was not offered the task');
  const reservation = workspace.tasks(task.sid).reservations(pending.sid);
  const [offline] = await workspace.activities.list({ friendlyName: 'Offline' });
  const status = async (test: Pick<TestService, 'client'>) => {
    const again = test.client.taskrouter.v1.workspaces(task.workspaceSid);
    const { assignmentStatus } = await again.tasks(task.sid).fetch();
    const { reservationStatus } = await again.tasks(task.sid).reservations(pending.sid).fetch();
    const { activityName } = await again.workers(alice.sid).fetch();
    return [assignmentStatus, reservationStatus, activityName];
  };
  return { reservation, status, offlineSid: offline?.sid as string };
}

it('goes on ringing, and then talking, where it was', async () => {
  const first = await life('dequeue');
  const { reservation, status, offlineSid } = await offered(first);
  await reservation.update({
    instruction: 'dequeue',
    dequeueTo: 'client:alice',
    dequeuePostWorkActivitySid: offlineSid,
  });
  await first.clock.advance(4000);
  await first.service.close();

  const second = await life('dequeue', 7);
  await second.clock.advance(2999);
  expect(await status(second)).toEqual(['reserved', 'pending', 'Reserved']);
  await second.clock.advance(1);
  expect(await status(second)).toEqual(['assigned', 'accepted', 'Busy']);
  await second.clock.advance(5000);
  await second.service.close();

  const third = await life('dequeue', 20);
  await third.clock.advance(19_999);
  expect(await status(third)).toEqual(['assigned', 'accepted', 'Busy']);
  await third.clock.advance(1);
  expect(await status(third)).toEqual(['assigned', 'accepted', 'Offline']);
  await third.service.close();
});

it('has a call answered at start that would have been meanwhile', async () => {
  const first = await life('meanwhile');
  const { reservation, status } = await offered(first);
  await reservation.update({ instruction: 'dequeue', dequeueTo: 'client:alice' });
  await first.service.close();

  const second = await life('meanwhile', 11);
  await second.service.idle();
  expect(await status(second)).toEqual(['assigned', 'accepted', 'Busy']);
  await second.service.close();
});

it('keeps a conference on hold over a restart, beyond the reservation timeout', async () => {
  const first = await life('conference');
  const { reservation, status } = await offered(first, true);
  const held = await reservation.update({ instruction: 'conference', to: 'client:alice', from: '+15550100' });
  expect(held.reservationStatus).toBe('pending');
  await first.clock.advance(9000);
  await first.service.close();

  const second = await life('conference', 130);
  await second.service.idle();
  expect(await status(second)).toEqual(['assigned', 'accepted', 'Available']);
  await second.clock.advance(30_000);
  expect(await status(second)).toEqual(['wrapping', 'wrapping', 'Available']);
  await second.service.close();
});

it('forgets the calls at a reset', async () => {
  const test = await life('reset');
  const { reservation } = await offered(test);
  await reservation.update({ instruction: 'dequeue', dequeueTo: 'client:alice' });
  await test.service.clear();
  await test.clock.advance(60_000);
  const left = await test.service.taskRouter.read((view) => [...view.all('calls'), ...view.all('tasks')]);
  expect(left).toEqual([]);
  const { reservation: next, status } = await offered(test);
  await next.update({ instruction: 'dequeue', dequeueTo: 'client:alice' });
  await test.clock.advance(10_000);
  expect(await status(test)).toEqual(['assigned', 'accepted', 'Busy']);
  await test.service.close();
});

it('makes a call that was decided, and not yet made when the process ended', async () => {
  // The first life has no telephone at all: it ends between the commit and the call.
  const first = await startTestTaskRouter({ store: openDataDirectory(path.join(directory, 'unmade')) });
  const { reservation, status } = await offered(first);
  await reservation.update({ instruction: 'dequeue', dequeueTo: 'client:alice' });
  await first.close();

  const second = await life('unmade', 3);
  expect(await status(second)).toEqual(['reserved', 'pending', 'Reserved']);
  await second.clock.advance(7000);
  expect(await status(second)).toEqual(['assigned', 'accepted', 'Busy']);
  await second.service.close();
});
