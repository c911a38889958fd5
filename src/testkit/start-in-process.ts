import { Agent } from 'node:http';
import type { RequestClient, Twilio } from 'twilio';
import type { Clock } from '../system/clock';
import type { ApiKey } from '../system/credentials';
import { SystemClock } from '../system/system-clock';
import { accountByToken, type TwilioAccount } from '../system/twilio-account';
import { VirtualClock } from '../system/virtual-clock';
import type { ApiLog, EventBridgeLimits } from '../taskrouter/http/options';
import type { SidSource } from '../taskrouter/model/sids';
import { startTaskRouterService, type TaskRouterService } from '../taskrouter/start';
import { MemoryStore } from '../taskrouter/store/memory';
import type { Store } from '../taskrouter/store/store';
import type { SimulatedCall } from '../taskrouter/voice/workers/simulated-call';
import type { CallbackResponder } from '../taskrouter/webhooks/in-process-transport';
import { createTwilioClient } from '../workspace/client';

interface InProcessOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: ApiKey;
  readonly newSid: SidSource;
  /** The time at which a virtual clock starts, in Unix milliseconds; null for the system's clock. */
  readonly startsAt: number | null;
  /** Default: 0, a free port. */
  readonly port?: number | undefined;
  readonly store?: Store | undefined;
  readonly respond?: CallbackResponder | undefined;
  /** How simulated calls go; a worker's attributes take precedence. */
  readonly simulatedCalls?: Partial<SimulatedCall> | undefined;
  /** Where the TwiML of simulated callers is; default: nowhere. */
  readonly voiceUrl?: string | undefined;
  readonly eventBridge?: EventBridgeLimits | undefined;
}

export interface InProcess {
  readonly service: TaskRouterService;
  /** Null if it is the system's clock. */
  readonly clock: VirtualClock | null;
  /** The official client, connected to this service. It is loaded at the first use. */
  readonly client: Twilio;
  close(): Promise<void>;
}

/** Starts an empty local TaskRouter, which sends no callbacks yet. A virtual clock waits for callbacks in progress. */
export async function startInProcess(options: InProcessOptions): Promise<InProcess> {
  const { accountSid, authToken, apiKey, newSid, startsAt, respond } = options;
  const settled = () => service.idle();
  const virtual = startsAt === null ? null : new VirtualClock(startsAt, settled);
  const store = options.store ?? new MemoryStore();
  const clock: Clock = virtual ?? new SystemClock({ lastTime: store.lastTime() });
  const service: TaskRouterService = await startTaskRouterService({
    accountSid,
    authToken,
    apiKey,
    newSid,
    clock,
    store,
    host: '127.0.0.1',
    port: options.port ?? 0,
    log: loudLog,
    respond,
    simulatedCalls: options.simulatedCalls,
    voiceUrl: () => options.voiceUrl ?? null,
    eventBridge: options.eventBridge,
    onFailure: (failure) => {
      throw failure;
    },
  });
  const connections = new Agent({ keepAlive: true });
  let client: Twilio | null = null;
  return {
    service,
    clock: virtual,
    get client() {
      client ??= connectedClient(accountByToken({ accountSid, authToken }), service.url, connections);
      return client;
    },
    async close() {
      // Otherwise requests to the next instance on this port would use a connection to this one.
      connections.destroy();
      await service.close();
    },
  };
}

function connectedClient(account: TwilioAccount, url: string, connections: Agent): Twilio {
  const client = createTwilioClient(account, url);
  (client.httpClient as RequestClient).axios.defaults.httpAgent = connections;
  return client;
}

/** Errors of the service itself must be visible to the person who runs the tests. */
const loudLog: ApiLog = {
  warn: () => undefined,
  error: (details, message) => console.error(message, details),
};
