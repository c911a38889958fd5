import type { Cancel, Clock } from '../../../system/clock';
import type { VoiceCall } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import { type SidSource, sidPrefix } from '../../model/sids';
import { StoreFailed } from '../../store/store';
import type { TaskRouter } from '../../taskrouter';
import type { CallbackAlert } from '../../webhooks/alerts';
import { AttemptsInProgress } from '../../webhooks/attempts-in-progress';
import { BusyCount } from '../../webhooks/busy-count';
import type { Transport } from '../../webhooks/transport';
import { Conferences } from '../conference/conferences';
import { recordConferenceEvent } from '../conference/transcript';
import { CallerQueues } from '../queues/caller-queues';
import { converse } from '../twiml/conversation';
import { type Method, TwimlClient } from '../twiml/twiml-client';
import { simulatedCallFor, usualCall } from '../workers/simulated-call';
import type { SimulatedVoice } from '../workers/simulated-voice';
import { type CallAction, workerCallView, workerCommand } from '../workers/worker-call';
import { WorkerCalls } from '../workers/worker-calls';
import { type CallParts, type CallView, LiveCall } from './live-call';
import { Dropped, HungUp, Scope } from './scope';
import type { VoiceServices } from './voice-services';

/** Our choice: the number that is called, unless a call says another. Such numbers are kept for fiction. */
export const ownNumber = '+15555550100';

/** A call to be simulated. */
export interface NewCall {
  readonly from: string;
  readonly to: string;
  /** The keys that the caller presses, as soon as something asks for them. */
  readonly digits?: string | undefined;
  /** What the caller says when something listens: one text each time. */
  readonly speech?: readonly string[] | undefined;
  /** The caller hangs up this many seconds after the beginning; default: never. */
  readonly hangUpAfterSeconds?: number | undefined;
  /** Where the TwiML is; default: the voice URL of the service. */
  readonly url?: string | undefined;
  readonly method?: Method | undefined;
  /** Used if the TwiML cannot be fetched or read. */
  readonly fallbackUrl?: string | undefined;
}

interface SimulatedPhoneOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'onCommit' | 'view'>;
  readonly clock: Clock;
  readonly accountSid: string;
  readonly authToken: string;
  readonly newSid: SidSource;
  readonly newTransport: () => Transport;
  /** Rings the phones that TwiML dials. */
  readonly voice: Pick<SimulatedVoice, 'dial'>;
  /** Where the TwiML of calls is that do not say so; null if there is none. */
  readonly voiceUrl: () => string | null;
  readonly onAlert: (call: CallView, alert: CallbackAlert) => void;
  /** Called for an unexpected error, which ends the call. */
  readonly onError: (call: CallView, error: unknown) => void;
}

/** Our choice: how many finished calls can still be read. */
const maxFinishedCalls = 100;
/**
 * Calls by simulated callers: their TwiML is fetched and executed, in the time of the service's clock. They are in memory
 * only, and end with the service; their tasks stay.
 */
export class SimulatedPhone {
  private readonly calls = new Map<string, LiveCall>();
  private running: { readonly services: VoiceServices; readonly stop: () => Promise<void> } | null = null;

  constructor(private readonly options: SimulatedPhoneOptions) {}

  async start(): Promise<void> {
    const { accountSid, authToken, newSid, taskRouter, clock } = this.options;
    const inProgress = new AttemptsInProgress();
    const transport = this.options.newTransport();
    const client = new TwimlClient({ authToken, transport, clock, inProgress });
    const queues = new CallerQueues(newSid, clock);
    const { onAlert: alert, onError: error, voice } = this.options;
    const conferences = new Conferences(newSid);
    conferences.onEvent(recordConferenceEvent);
    const services = { accountSid, newSid, taskRouter, client, queues, conferences, voice, alert, error };
    const workerCalls = new WorkerCalls({
      taskRouter,
      find: (sid) => this.calls.get(sid),
      callerOf: (taskSid) => queues.callers.get(taskSid),
      begin: (call, url, name) => this.beginWorkerCall(call, url, name, services),
    });
    const unsubscribe = taskRouter.onCommit(({ changes }) => workerCalls.take(changes));
    this.running = {
      services,
      stop: async () => {
        unsubscribe();
        for (const call of this.calls.values()) call.scope.end(new Dropped());
        inProgress.stop();
        await this.idle();
        this.calls.clear();
        await transport.close();
      },
    };
  }

  /** Drops all calls; no request says so, and their tasks stay. */
  async stop(): Promise<void> {
    const stopping = this.running;
    this.running = null;
    await stopping?.stop();
  }

  get isBusy(): boolean {
    return [...this.calls.values()].some(({ busy }) => busy.isBusy);
  }

  /** Resolves when all calls wait for a person or for time to pass. */
  async idle(): Promise<void> {
    while (this.isBusy) await Promise.all([...this.calls.values()].map(({ busy }) => busy.quiet()));
  }

  /**
   * Resolves when the call waits for a person or for time to pass, or is over.
   * @throws InvalidParameter if there is no TwiML for it
   */
  async call(wanted: NewCall): Promise<CallView> {
    const services = this.running?.services;
    const url = wanted.url ?? this.options.voiceUrl();
    if (!url || !services)
      throw new InvalidParameter('url field is required, because no Functions answer calls here');
    const { from, to, digits = '', speech, hangUpAfterSeconds } = wanted;
    const call = this.add({
      sid: this.options.newSid(sidPrefix.call),
      from,
      to,
      person: 'caller',
      digits,
      speech,
    });
    call.record('caller', 'calls', call.to);
    const cancel = this.hangUpLater(call, hangUpAfterSeconds);
    void call.scope.busyWith(() => converse(call, services, { ...wanted, url }).finally(cancel));
    await call.busy.quiet();
    return call;
  }

  /** A simulated call, or a call to a worker that is in progress. */
  find(sid: string): CallView | undefined {
    const { view } = this.options.taskRouter;
    const ofWorker = view.find('calls', sid);
    return this.calls.get(sid) ?? (ofWorker && workerCallView(ofWorker, view));
  }

  /** The same. A call that is over is shown once the requests about its end have been answered. */
  async show(sid: string): Promise<CallView | undefined> {
    const call = this.calls.get(sid);
    if (call?.isOver) await call.busy.quiet();
    return this.find(sid);
  }

  /** Newest first; after the simulated callers, the calls to workers. */
  list(): readonly CallView[] {
    const { view } = this.options.taskRouter;
    const ofWorkers = [...view.all('calls')].filter(({ sid }) => !this.calls.has(sid));
    return [...[...this.calls.values()].reverse(), ...ofWorkers.map((call) => workerCallView(call, view))];
  }

  /** @throws InvalidParameter if there is no such call in progress, or nobody hears TwiML on it */
  async press(sid: string, digits: string): Promise<CallView> {
    const call = this.requireInProgress(sid);
    call.keypad.press(digits);
    await call.busy.quiet();
    return call;
  }

  /** @throws InvalidParameter as `press` does */
  async say(sid: string, text: string): Promise<CallView> {
    const call = this.requireInProgress(sid);
    call.speech.say(text);
    await call.busy.quiet();
    return call;
  }

  /**
   * The caller hangs up, or a worker answers, declines, or hangs up.
   * @throws InvalidParameter if there is no such call in progress, or it is too late for that
   */
  async act(sid: string, action: CallAction): Promise<CallView> {
    const ofWorker = this.calls.has(sid) ? undefined : this.options.taskRouter.view.find('calls', sid);
    if (ofWorker) return this.actForWorker(ofWorker, action);
    const call = this.requireInProgress(sid);
    if (action !== 'hang_up') throw new InvalidParameter(`Call ${sid} has been answered`);
    this.endByPerson(call);
    await call.busy.quiet();
    return call;
  }

  private async actForWorker(call: VoiceCall, action: CallAction): Promise<CallView> {
    const { taskRouter } = this.options;
    const before = workerCallView(call, taskRouter.view);
    await taskRouter.execute(workerCommand(call, action));
    const after = this.find(call.sid);
    if (after) return after;
    return { ...before, status: before.status === 'ringing' ? 'busy' : 'completed' };
  }

  private requireInProgress(sid: string): LiveCall {
    const call = this.calls.get(sid);
    if (call && !call.isOver) return call;
    throw new InvalidParameter(`Call ${sid} is not in progress`);
  }

  private endByPerson(call: LiveCall): void {
    if (call.isOver) return;
    call.record(call.person, 'hangs up');
    call.finish('completed');
    call.scope.end(new HungUp());
  }

  private hangUpLater(call: LiveCall, seconds: number | undefined): Cancel {
    if (seconds === undefined) return () => undefined;
    const { clock } = this.options;
    const time = clock.now() + seconds * 1000;
    let cancel: Cancel;
    const look = () => {
      if (clock.now() >= time) this.endByPerson(call);
      else cancel = clock.wakeAt(time, look);
    };
    cancel = clock.wakeAt(time, look);
    return () => cancel();
  }

  /** The call ends with its TwiML, or before that when TaskRouter says so. */
  private beginWorkerCall(call: VoiceCall, url: string, person: string, services: VoiceServices): void {
    const { sid, to, reservationSid, workerSid } = call;
    const { taskRouter } = this.options;
    const worker = taskRouter.view.find('workers', workerSid ?? '');
    const { digits = '' } = simulatedCallFor(worker?.attributes.value ?? {}, usualCall);
    const leg = this.add({ sid, from: call.from ?? '', to, person, digits, direction: 'outbound-api' });
    leg.status = 'in-progress';
    leg.taskSid = taskRouter.view.find('reservations', reservationSid)?.taskSid ?? null;
    leg.record(person, 'answers');
    void leg.scope.busyWith(async () => {
      await converse(leg, services, { url });
      if (this.running)
        await taskRouter.execute({ type: 'CallEnded', callSid: sid }).catch(ignoreStoreFailure);
    });
  }

  private add(parts: Omit<CallParts, 'scope' | 'busy'>): LiveCall {
    const busy = new BusyCount();
    const call = new LiveCall({ ...parts, busy, scope: new Scope(this.options.clock, busy) });
    this.forgetOldest();
    this.calls.set(call.sid, call);
    return call;
  }

  private forgetOldest(): void {
    const finished = [...this.calls.values()].filter(({ isOver }) => isOver);
    for (const { sid } of finished.slice(0, finished.length - maxFinishedCalls + 1)) this.calls.delete(sid);
  }
}

/** It was reported where it occurred. */
function ignoreStoreFailure(error: unknown): void {
  if (!(error instanceof StoreFailed)) throw error;
}
