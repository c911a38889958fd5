import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../system/clock';
import { listeningUrl } from '../system/listening-url';
import { createApp } from './app';
import { Engine } from './engine/engine';
import type { ApiLog, PageFiles } from './http/options';
import type { AlertLog } from './inspector/alert-log';
import type { CallbackLog } from './inspector/callback-log';
import { recordCallbackAlerts, recordEngineAlerts } from './inspector/collect-alerts';
import { Journal } from './inspector/journal';
import type { SidSource } from './model/sids';
import type { Store } from './store/store';
import { TaskRouter } from './taskrouter';
import { PhoneCalls } from './voice/phone-calls';
import type { SimulatedCall } from './voice/simulated-call';
import { SimulatedVoice } from './voice/simulated-voice';
import { Deliveries } from './webhooks/deliveries';
import type { NewAgent } from './webhooks/http-transport';
import type { CallbackResponder } from './webhooks/in-process-transport';
import { Replays } from './webhooks/replays';

export interface TaskRouterServiceOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly newSid: SidSource;
  readonly clock: Clock;
  readonly store: Store;
  readonly host: string;
  /** 0 = a free one. */
  readonly port: number;
  readonly log: ApiLog;
  /** Told when nothing more can be acknowledged because the store broke. */
  readonly onFailure: (failure: Error) => void;
  /** How telephone calls go that instructions ask for; a worker's attributes may say otherwise. */
  readonly simulatedCalls?: Partial<SimulatedCall> | undefined;
  /** Whether the documented rate limits are enforced; not by default. */
  readonly rateLimits?: boolean | undefined;
  /** Answers callbacks in place of HTTP. */
  readonly respond?: CallbackResponder | undefined;
  /** Opens the connections of callbacks, for example through a proxy; default: straight to the receivers. */
  readonly newAgent?: NewAgent | undefined;
  readonly onReset?: (() => Promise<void>) | undefined;
  readonly ready?: (() => boolean) | undefined;
  /** Names this run where nobody is authenticated: `/healthz` tells it. */
  readonly instance?: string | undefined;
  /** The inspector's page; without it `/` answers a text. */
  readonly page?: PageFiles | undefined;
  /** Lets the inspector's own page on this computer in without credentials. */
  readonly localSignIn?: boolean | undefined;
  /** Where the Functions are, once that is known. */
  readonly functionsUrl?: (() => string | null) | undefined;
  /** Texts that no log may show, beside the auth token. */
  readonly secrets?: readonly string[] | undefined;
}

/** A local TaskRouter that listens: engine, store, REST API and callbacks. */
export interface TaskRouterService {
  readonly url: string;
  readonly taskRouter: TaskRouter;
  /** What the inspector shows; the two logs are part of it. */
  readonly journal: Journal;
  readonly callbackLog: CallbackLog;
  readonly alertLog: AlertLog;
  /** Sends what is in the outbox and whatever comes; call it once the receivers answer. */
  startCallbacks(): Promise<void>;
  /** Sends nothing more; what is not settled stays in the outbox. To be called while the receivers still answer. */
  stopCallbacks(): Promise<void>;
  /** Resolves when no callback is under way and everything decided is durable. */
  idle(): Promise<void>;
  /** Forgets every entity, event and callback; what is under way is aborted. */
  clear(): Promise<void>;
  /** Finishes what is in flight and closes the store. */
  close(): Promise<void>;
}

/**
 * @throws Error with `code` EADDRINUSE and the like when the port cannot be had; the store is closed then
 */
export async function startTaskRouterService(options: TaskRouterServiceOptions): Promise<TaskRouterService> {
  const { accountSid, authToken, newSid, clock, store, log } = options;
  const taskRouter = new TaskRouter(new Engine({ accountSid, newSid }), store, clock, options.onFailure);
  const journal = new Journal([authToken, ...(options.secrets ?? [])]);
  const { callbacks: callbackLog, alerts: alertLog } = journal;
  callbackLog.onEntry((entry) => recordCallbackAlerts(alertLog, entry));
  taskRouter.onCommit(({ alerts, events }) => {
    for (const event of events) journal.events.add(event);
    recordEngineAlerts(alertLog, alerts, clock.now(), (sid) => taskRouter.view.find('reservations', sid));
  });
  const newDeliveries = () =>
    new Deliveries({
      taskRouter,
      accountSid,
      authToken,
      log: callbackLog,
      clock,
      ...(options.respond && { respond: options.respond }),
      ...(options.newAgent && { newAgent: options.newAgent }),
      onError: (error, delivery) =>
        log.error({ error, delivery: delivery.sid }, 'a callback could not be handled'),
    });
  let deliveries: Deliveries | null = null;
  const phoneCalls = new PhoneCalls({
    taskRouter,
    voice: new SimulatedVoice(clock, options.simulatedCalls),
    onError: (error, call) => log.error({ error, call: call.sid }, 'news of a call could not be handled'),
  });

  const replays = new Replays({ authToken, clock, respond: options.respond, newAgent: options.newAgent });
  const { onReset, ready, page, localSignIn, functionsUrl } = options;
  const account = { sid: accountSid, authToken };
  const api = createApp({
    taskRouter,
    account,
    log,
    journal,
    replays,
    page,
    localSignIn,
    functionsUrl,
    allowedHosts: [options.host],
    onReset,
    ready,
    rateLimits: options.rateLimits,
    instance: options.instance,
  });
  let url: string;
  try {
    await taskRouter.start();
    await phoneCalls.start();
    url = await listen(api, options);
  } catch (error) {
    await phoneCalls.stop();
    await taskRouter.stop();
    store.close();
    throw error;
  }

  async function startCallbacks(): Promise<void> {
    deliveries ??= newDeliveries();
    await deliveries.start();
  }

  async function stopCallbacks(): Promise<void> {
    const stopping = deliveries;
    deliveries = null;
    await stopping?.stop();
  }

  return {
    url,
    taskRouter,
    journal,
    callbackLog,
    alertLog,
    startCallbacks,
    async idle() {
      do {
        await deliveries?.idle();
        await taskRouter.read(() => undefined);
        await phoneCalls.idle();
      } while (deliveries?.isBusy);
    },
    async clear() {
      const wereRunning = deliveries !== null;
      await deliveries?.stop(0);
      deliveries = null;
      await phoneCalls.stop();
      await taskRouter.clear();
      await phoneCalls.start();
      journal.clear();
      if (wereRunning) await startCallbacks();
    },
    stopCallbacks,
    async close() {
      await stopCallbacks();
      await replays.close();
      await finish(api);
      await phoneCalls.stop();
      await taskRouter.stop();
      store.close();
    },
  };
}

/** Milliseconds. Our choice: how long a request may take to be finished once the service stops. */
const closingGrace = 3000;

/** Takes no more connections; one that never gets its request to an end is cut off after a while. */
async function finish(api: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => api.server.closeAllConnections(), closingGrace);
  await api.close();
  clearTimeout(cut);
}

async function listen(api: FastifyInstance, { host, port }: TaskRouterServiceOptions): Promise<string> {
  await api.listen({ host, port });
  const address = api.server.address() as AddressInfo;
  return listeningUrl(host, address.port);
}
