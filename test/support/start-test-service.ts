import twilio, { type RequestClient, type Twilio } from 'twilio';
import type { VirtualClock } from '../../src/system/virtual-clock';
import type { EventBridgeLimits } from '../../src/taskrouter/http/options';
import type { TaskRouterService } from '../../src/taskrouter/start';
import type { Store } from '../../src/taskrouter/store/store';
import type { SimulatedCall } from '../../src/taskrouter/voice/workers/simulated-call';
import { startInProcess } from '../../src/testkit/start-in-process';
import { countingSids } from './counting-sids';
import { type Form, type RestApi, simpleWorkspace } from './simple-workspace';
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
    /** Where the TwiML of simulated callers is; default: nowhere. */
    readonly voiceUrl?: string;
    /** Default: a free one. */
    readonly port?: number;
    readonly eventBridge?: EventBridgeLimits;
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
    voiceUrl: options.voiceUrl,
    port: options.port,
    eventBridge: options.eventBridge,
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

/**
 * The simple workspace with Alice, who is available.
 * @param workflow more parameters of the workflow, as the official client names them
 */
export async function workspaceWithAlice(
  client: Twilio,
  workflow: Readonly<Record<string, string | number>> = {},
  multiTaskEnabled = false,
) {
  const workflowForm = Object.fromEntries(
    Object.entries(workflow).map(([name, value]) => [
      name.replace(/^./, (first) => first.toUpperCase()),
      value,
    ]),
  );
  const { workspaceSid, activities } = await simpleWorkspace(
    restApiOf(client),
    { MultiTaskEnabled: multiTaskEnabled },
    workflowForm,
  );
  const workspace = client.taskrouter.v1.workspaces(workspaceSid);
  const activitySid = activities[multiTaskEnabled ? 'Available' : 'Idle'] as string;
  const alice = await workspace.workers.create({ friendlyName: 'Alice', activitySid });
  return { workspace, alice };
}

function restApiOf(client: Twilio): RestApi {
  const send = async (method: 'get' | 'post', path: string, data: Form = {}) => {
    const { body } = await client.request({ method, uri: `${client.taskrouter.baseUrl}${path}`, data });
    return { body: typeof body === 'string' ? JSON.parse(body) : body };
  };
  return {
    create: async (path, form) => (await send('post', path, form)).body.sid,
    get: (path) => send('get', path),
  };
}
