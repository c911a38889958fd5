import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { limits } from '../../src/common/limits';
import { randomSid } from '../../src/system/ids';
import { VirtualClock } from '../../src/system/virtual-clock';
import { Engine } from '../../src/taskrouter/engine/engine';
import { openDataDirectory } from '../../src/taskrouter/store/data-directory';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import type { Store } from '../../src/taskrouter/store/store';
import { TaskRouter } from '../../src/taskrouter/taskrouter';
import { Deliveries } from '../../src/taskrouter/webhooks/deliveries';
import type { CallbackRequest, Transport } from '../../src/taskrouter/webhooks/transport';
import { testAccount, testStart } from '../support/start-test-taskrouter';
import { waitingEvents } from '../support/waiting-events';

const { maxCount } = limits.eventOutbox;
const url = 'http://host.test/events';
const { sid: accountSid, authToken } = testAccount;

async function started(store: Store): Promise<TaskRouter> {
  const engine = new Engine({ accountSid, newSid: randomSid });
  const taskRouter = new TaskRouter(engine, store, new VirtualClock(testStart));
  await taskRouter.start();
  return taskRouter;
}

/** A store in which this many event callbacks of a workspace wait. */
async function withWaiting(store: Store, count: number): Promise<Store> {
  const taskRouter = await started(store);
  const { sid: workspaceSid } = await taskRouter.execute({
    type: 'CreateWorkspace',
    friendlyName: 'Waiting',
  });
  await taskRouter.stop();
  const rows = waitingEvents(count, { first: firstOf(store), workspaceSid, dateCreated: testStart, url });
  const changes = rows.map(
    (after) => ({ table: 'deliveries', sid: after.sid, before: undefined, after }) as const,
  );
  await store.commitBatch({ time: testStart, changes, events: [] });
  return store;
}

const firstOf = (store: Store): number => store.load().sequence + 1;

it('cuts the outbox of an earlier version in the store as well', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'taskrouter-outbox-'));
  const store = await withWaiting(openDataDirectory(directory), maxCount + 50);
  const newest = store.load().sequence;
  const taskRouter = await started(store);
  expect(taskRouter.view.outbox()).toMatchObject({ events: maxCount, droppedEvents: 50 });
  const { rows } = store.load();
  expect(rows.deliveries).toHaveLength(maxCount);
  expect(rows.deliveries[0]?.sequence).toBe(newest - maxCount + 1);
  await taskRouter.stop();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

it('stays bounded while a receiver of events hangs, and assignment callbacks go on', async () => {
  const store = await withWaiting(new MemoryStore(), maxCount);
  const taskRouter = await started(store);
  const assignments: CallbackRequest[] = [];
  const transport: Transport = {
    perform: async (request) => {
      if (request.kind === 'event') return new Promise(() => undefined);
      assignments.push(request);
      return { status: 204, headers: {}, body: '' };
    },
    close: async () => undefined,
  };
  const { clock } = taskRouter;
  const log = { add: () => undefined };
  const deliveries = new Deliveries({ taskRouter, accountSid, authToken, log, clock, transport });
  await deliveries.start();
  const inProgress = 8;
  expect(deliveries.size).toBe(maxCount);

  const workspace = await taskRouter.execute({
    type: 'CreateWorkspace',
    friendlyName: 'Busy',
    multiTaskEnabled: true,
  });
  const workspaceSid = workspace.sid;
  await taskRouter.execute({ type: 'UpdateWorkspace', workspaceSid, eventCallbackUrl: url });
  const queue = await taskRouter.execute({
    type: 'CreateTaskQueue',
    workspaceSid,
    friendlyName: 'All',
    targetWorkers: '1==1',
  });
  const { sid: workflowSid } = await taskRouter.execute({
    type: 'CreateWorkflow',
    workspaceSid,
    friendlyName: 'All',
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    assignmentCallbackUrl: 'http://host.test/assignment',
  });
  const [available] = [...taskRouter.view.all('activities', workspaceSid)].filter((each) => each.available);
  const attributes = { text: '{}', value: {} };
  for (const friendlyName of ['Alice', 'Bob'])
    await taskRouter.execute({
      type: 'CreateWorker',
      workspaceSid,
      friendlyName,
      attributes,
      activitySid: available?.sid,
    });
  for (let count = 0; count < 50; count++)
    await taskRouter.execute({ type: 'CreateTask', workspaceSid, workflowSid, attributes });

  expect(taskRouter.view.outbox()).toMatchObject({ assignments: 0, events: maxCount });
  expect(taskRouter.view.outbox().droppedEvents).toBeGreaterThan(200);
  expect(deliveries.size).toBeLessThanOrEqual(maxCount + inProgress);
  expect(assignments).toHaveLength(2);
  await deliveries.stop(0);
  await taskRouter.stop();
});
