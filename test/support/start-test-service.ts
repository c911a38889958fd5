import type { Twilio } from 'twilio';
import type { VirtualClock } from '../../src/system/virtual-clock';
import type { TaskRouterService } from '../../src/taskrouter/start';
import type { Store } from '../../src/taskrouter/store/store';
import { startInProcess } from '../../src/testkit/start-in-process';
import { countingSids } from './counting-sids';
import { testAccount, testStart } from './start-test-taskrouter';

export interface TestService {
  readonly service: TaskRouterService;
  readonly clock: VirtualClock;
  /** The official client, aimed at this service. */
  readonly client: Twilio;
}

/** The whole local TaskRouter, callbacks included, under a virtual clock that waits for callbacks under way. */
export async function startTestService(
  options: {
    readonly store?: Store;
    readonly now?: number;
    readonly newSid?: ReturnType<typeof countingSids>;
  } = {},
): Promise<TestService> {
  const { service, clock, client } = await startInProcess({
    accountSid: testAccount.sid,
    authToken: testAccount.authToken,
    newSid: options.newSid ?? countingSids(),
    startsAt: options.now ?? testStart,
    store: options.store,
  });
  return { service, clock: clock as VirtualClock, client };
}

/** Everybody's queue, a workflow that leads there, and Alice Idle; single-tasking. */
export async function simpleWorkspace(client: Twilio, workflow: object = {}) {
  const { sid } = await client.taskrouter.v1.workspaces.create({
    friendlyName: 'Simple',
    multiTaskEnabled: false,
  });
  const workspace = client.taskrouter.v1.workspaces(sid);
  const queue = await workspace.taskQueues.create({ friendlyName: 'Everybody' });
  await workspace.workflows.create({
    friendlyName: 'All',
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    ...workflow,
  });
  const [idle] = await workspace.activities.list({ friendlyName: 'Idle' });
  const alice = await workspace.workers.create({ friendlyName: 'Alice', activitySid: idle?.sid as string });
  return { workspace, alice };
}
