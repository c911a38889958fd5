import type { FastifyInstance } from 'fastify';
import type { Clock } from '../system/clock';
import { type ApiKey, secretTexts } from '../system/credentials';
import { finishRequests } from '../system/finish-requests';
import { type LocalListener, listenLocally } from '../system/local-listener';
import { VirtualClock } from '../system/virtual-clock';
import { createApp } from './app';
import { EgressRule } from './egress/egress-rule';
import { Engine } from './engine/engine';
import type { Metrics, MetricsSources } from './http/metrics';
import type { ApiOptions } from './http/options';
import { type AlertLog, alertOfCall, recordCallbackAlerts, recordEngineAlerts } from './inspector/alert-log';
import type { CallbackLog } from './inspector/callback-log';
import { Journal } from './inspector/journal';
import type { SidSource } from './model/sids';
import { Snapshots } from './snapshot/snapshots';
import type { Store, StoreContents } from './store/store';
import { TaskRouter } from './taskrouter';
import { CallBook } from './voice/calls/call-book';
import type { CallView } from './voice/calls/call-view';
import { ConferenceControl } from './voice/conference/conference-control';
import { Conferences } from './voice/conference/conferences';
import { SimulatedPhone } from './voice/simulated-phone';
import { twimlEvaluation } from './voice/twiml/read-twiml';
import { PhoneCalls } from './voice/workers/phone-calls';
import type { SimulatedCall } from './voice/workers/simulated-call';
import { SimulatedVoice } from './voice/workers/simulated-voice';
import { WorkerPhones } from './voice/workers/worker-phones';
import { recordOfVoice } from './webhooks/callback-record';
import { CallbackSender } from './webhooks/callback-sender';
import { chooseTransport, type TransportOptions } from './webhooks/choose-transport';
import { Replays } from './webhooks/replays';
import type { Transport } from './webhooks/transport';

/** What the service makes itself is left out of the options of its API. */
type ServiceApiOptions = Omit<
  ApiOptions,
  'taskRouter' | 'account' | 'journal' | 'replays' | 'metrics' | 'snapshots' | 'phone' | 'conferenceControl'
>;

interface TaskRouterServiceOptions extends ServiceApiOptions, Omit<TransportOptions, 'egress'> {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: ApiKey;
  readonly newSid: SidSource;
  readonly clock: Clock;
  readonly store: Store;
  readonly host: string;
  /** 0 for a free port. */
  readonly port: number;
  /** Called when the store has failed: from then on nothing is acknowledged. */
  readonly onFailure: (failure: Error) => void;
  /** How simulated calls go; a worker's attributes take precedence. */
  readonly simulatedCalls?: Partial<SimulatedCall> | undefined;
  /** Where the TwiML of simulated callers is, unless a call says so; default: nowhere. */
  readonly voiceUrl?: (() => string | null) | undefined;
  /** Counts and measures the service, for `/metrics`; default: nothing does. */
  readonly newMetrics?: ((sources: MetricsSources) => Metrics) | undefined;
  /** Texts to mask in every log, besides the auth token. */
  readonly secrets?: readonly string[] | undefined;
}

/** A local TaskRouter that listens: engine, store, REST API, and callbacks. */
export interface TaskRouterService {
  /** A loopback address, whatever the service listens on. */
  readonly url: string;
  readonly taskRouter: TaskRouter;
  /** What the inspector shows; the two logs are part of it. */
  readonly journal: Journal;
  readonly callbackLog: CallbackLog;
  readonly alertLog: AlertLog;
  /** Saves the whole state, and loads it. */
  readonly snapshots: Snapshots;
  readonly phone: SimulatedPhone;
  /** Sends what is in the outbox and every new callback. Call it once the receivers respond. */
  startCallbacks(): Promise<void>;
  /** Stops sending; unsettled callbacks stay in the outbox. Call it while the receivers still respond. */
  stopCallbacks(): Promise<void>;
  /** Resolves when no callback is in progress and everything decided is durable. */
  idle(): Promise<void>;
  /** Deletes every entity, event, and callback; callbacks in progress are aborted. */
  clear(): Promise<void>;
  /** Finishes requests in progress and closes the store. */
  close(): Promise<void>;
}

/** @throws Error with `code` EADDRINUSE and the like if it cannot listen on the port; the store is closed then */
export async function startTaskRouterService(options: TaskRouterServiceOptions): Promise<TaskRouterService> {
  const { accountSid, authToken, apiKey, newSid, clock, store, onFailure } = options;
  const taskRouter = new TaskRouter(new Engine({ accountSid, newSid }), store, clock, onFailure);
  const secrets = [...secretTexts(options), ...(options.secrets ?? [])];
  const journal = new Journal(secrets);
  recordInJournal(taskRouter, journal);
  const workerPhones = new WorkerPhones();
  const voice = new SimulatedVoice(clock, options.simulatedCalls, workerPhones);
  const calls = new CallBook(clock);
  const network = { calls, conferences: new Conferences(newSid, clock), voice };
  const phoneCalls = createPhoneCalls(taskRouter, { ...options, ...network });
  let ownPort: number | null = null;
  const egress = new EgressRule(() => ownPort);
  const newTransport = () => chooseTransport({ ...options, egress });
  const phone = createPhone(taskRouter, journal, { ...options, ...network, phoneCalls, newTransport });
  const replays = new Replays({ authToken, clock, transport: newTransport(), twiml: twimlEvaluation });
  const account = { sid: accountSid, authToken, apiKey };
  const metrics = options.newMetrics?.({ taskRouter, journal });
  const snapshots = new Snapshots({ taskRouter, accountSid, secrets, replace: (contents) => load(contents) });
  const app = createApp({
    ...options,
    conferenceControl: new ConferenceControl(network.conferences),
    taskRouter,
    account,
    journal,
    replays,
    metrics,
    snapshots,
    phone,
    workerPhones,
  });
  const callbacks = new CallbackSender({
    taskRouter,
    accountSid,
    authToken,
    clock,
    newTransport,
    log: journal.callbacks,
    onError: (error, { sid }) => options.log.error({ error, delivery: sid }, 'Could not handle a callback'),
  });
  const stop = async () => {
    await phone.stop();
    await phoneCalls.stop();
    await taskRouter.stop();
    await store.close();
  };
  /** Replaces the state while nothing is sent and no phone call goes on. */
  const replaceState = async (replace: () => Promise<void>) => {
    const wereRunning = callbacks.isRunning;
    await callbacks.stop(0);
    await phone.stop();
    await phoneCalls.stop();
    await replace();
    await phone.start();
    await phoneCalls.start();
    journal.clear();
    if (wereRunning) await callbacks.start();
  };
  const load = (contents: StoreContents) =>
    replaceState(async () => {
      if (clock instanceof VirtualClock) await clock.stopAt(contents.time);
      await taskRouter.restore(contents);
    });
  const listener = await listen(app, options, [taskRouter, phone, phoneCalls]).catch(async (error) => {
    await stop();
    throw error;
  });
  ownPort = listener.port;
  return {
    url: listener.url,
    taskRouter,
    journal,
    callbackLog: journal.callbacks,
    alertLog: journal.alerts,
    snapshots,
    phone,
    startCallbacks: () => callbacks.start(),
    stopCallbacks: () => callbacks.stop(),
    async idle() {
      do {
        await callbacks.idle();
        await taskRouter.read(() => undefined);
        await phoneCalls.idle();
        await phone.idle();
      } while (callbacks.isBusy || phone.isBusy);
    },
    clear: () => replaceState(() => taskRouter.clear()),
    async close() {
      await callbacks.stop();
      // A request that simulates a call waits for it.
      await phone.stop();
      await replays.close();
      await closeApp(app, listener);
      await stop();
    },
  };
}

/** Records events and alerts as they happen. */
function recordInJournal(
  taskRouter: TaskRouter,
  { callbacks, alerts: alertLog, events: eventLog }: Journal,
): void {
  callbacks.onEntry((entry) => recordCallbackAlerts(alertLog, entry));
  taskRouter.onCommit(({ alerts, events }) => {
    for (const event of events) eventLog.add(event);
    const reservation = (sid: string) => taskRouter.view.find('reservations', sid);
    recordEngineAlerts(alertLog, alerts, taskRouter.clock.now(), reservation);
  });
}

/** The phones and what connects them. */
interface Network {
  readonly calls: CallBook;
  readonly conferences: Conferences;
  readonly voice: SimulatedVoice;
}

function createPhoneCalls(
  taskRouter: TaskRouter,
  { log, ...options }: TaskRouterServiceOptions & Network,
): PhoneCalls {
  return new PhoneCalls({
    ...options,
    taskRouter,
    onError: (error, call) =>
      log.error({ error, call: call.sid }, 'Could not handle a change of a phone call'),
  });
}

function createPhone(
  taskRouter: TaskRouter,
  { callbacks, alerts }: Journal,
  options: TaskRouterServiceOptions &
    Network & { readonly phoneCalls: PhoneCalls; readonly newTransport: () => Transport },
): SimulatedPhone {
  const { clock, log, voiceUrl = () => null } = options;
  const workspaceOf = ({ taskSid }: CallView) =>
    taskRouter.view.find('tasks', taskSid ?? '')?.workspaceSid ??
    [...taskRouter.view.all('workspaces')][0]?.sid ??
    '';
  const subjectsOf = (call: CallView) => {
    const { sid: callSid, taskSid, workerSid, reservationSid } = call;
    return { workspaceSid: workspaceOf(call), callSid, taskSid, workerSid, reservationSid };
  };
  return new SimulatedPhone({
    ...options,
    taskRouter,
    voiceUrl,
    onRequest: (call, sent) => callbacks.add(recordOfVoice(subjectsOf(call), sent, clock.now())).id,
    onAlert: (call, alert, callbackId) =>
      void alerts.add(alertOfCall(alert, { ...subjectsOf(call), at: clock.now(), callbackId })),
    onError: (call, error) => log.error({ error, call: call.sid }, 'Could not continue a simulated call'),
  });
}

/** Starts what needs the stored state, then listens. */
async function listen(
  app: FastifyInstance,
  { host, port }: TaskRouterServiceOptions,
  parts: readonly { start(): Promise<void> }[],
): Promise<LocalListener> {
  for (const part of parts) await part.start();
  return listenLocally(app.server, { host, port }, (at) => app.listen(at));
}

/** Our choice: how long requests in progress may take to finish when the service stops. */
const closingGraceMs = 3000;

/** Accepts no more connections, and cuts off those whose request does not finish in time. */
async function closeApp(app: FastifyInstance, listener: LocalListener): Promise<void> {
  await finishRequests(app.server, closingGraceMs, Promise.all([app.close(), listener.close()]));
}
