import twilio, { type RequestClient, type Twilio } from 'twilio';
import type { VirtualClock } from '../../src/system/virtual-clock';
import type { TaskRouterService } from '../../src/taskrouter/start';
import type { Store } from '../../src/taskrouter/store/store';
import type { SimulatedCall } from '../../src/taskrouter/voice/simulated-call';
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
    readonly simulatedCalls?: Partial<SimulatedCall>;
    /** What the official client sends its requests with. */
    readonly httpClient?: RequestClient;
  } = {},
): Promise<TestService> {
  const { service, clock, client } = await startInProcess({
    accountSid: testAccount.sid,
    authToken: testAccount.authToken,
    apiKey: testAccount.apiKey,
    newSid: options.newSid ?? countingSids(),
    startsAt: options.now ?? testStart,
    store: options.store,
    simulatedCalls: options.simulatedCalls,
  });
  return {
    service,
    clock: clock as VirtualClock,
    client: options.httpClient ? watched(service, options.httpClient) : client,
  };
}

function watched(service: TaskRouterService, httpClient: RequestClient): Twilio {
  const client = twilio(testAccount.sid, testAccount.authToken, { httpClient });
  client.taskrouter.baseUrl = service.url;
  return client;
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
