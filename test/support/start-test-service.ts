import twilio, { type RequestClient, type Twilio } from 'twilio';
import { VirtualClock } from '../../src/system/virtual-clock';
import { startTaskRouterService, type TaskRouterService } from '../../src/taskrouter/start';
import { MemoryStore } from '../../src/taskrouter/store/memory';
import type { Store } from '../../src/taskrouter/store/store';
import type { SimulatedCall } from '../../src/taskrouter/voice/simulated-call';
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
    readonly simulatedCalls?: Partial<SimulatedCall>;
    /** What the official client sends its requests with. */
    readonly httpClient?: RequestClient;
  } = {},
): Promise<TestService> {
  const clock: VirtualClock = new VirtualClock(options.now ?? testStart, () => service.idle());
  const service = await startTaskRouterService({
    accountSid: testAccount.sid,
    authToken: testAccount.authToken,
    newSid: options.newSid ?? countingSids(),
    clock,
    store: options.store ?? new MemoryStore(),
    simulatedCalls: options.simulatedCalls,
    host: '127.0.0.1',
    port: 0,
    log: { warn: () => undefined, error: (details, message) => console.error(message, details) },
    onFailure: (failure) => {
      throw failure;
    },
  });
  const { httpClient } = options;
  const client = twilio(testAccount.sid, testAccount.authToken, httpClient && { httpClient });
  client.taskrouter.baseUrl = service.url;
  return { service, clock, client };
}

/** Everybody's queue, a workflow that leads there, and Alice available; single-tasking unless told. */
export async function simpleWorkspace(client: Twilio, workflow: object = {}, multiTaskEnabled = false) {
  const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: 'Simple', multiTaskEnabled });
  const workspace = client.taskrouter.v1.workspaces(sid);
  const queue = await workspace.taskQueues.create({ friendlyName: 'Everybody' });
  await workspace.workflows.create({
    friendlyName: 'All',
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    ...workflow,
  });
  const friendlyName = multiTaskEnabled ? 'Available' : 'Idle';
  const [idle] = await workspace.activities.list({ friendlyName });
  const alice = await workspace.workers.create({ friendlyName: 'Alice', activitySid: idle?.sid as string });
  return { workspace, alice };
}
