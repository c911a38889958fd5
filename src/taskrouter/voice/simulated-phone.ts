import type { Clock } from '../../system/clock';
import { InvalidParameter } from '../model/errors';
import { type SidSource, sidPrefix } from '../model/sids';
import type { TaskRouter } from '../taskrouter';
import type { CallbackAlert } from '../webhooks/alerts';
import { AttemptsInProgress } from '../webhooks/attempts-in-progress';
import type { HttpMethod, Transport } from '../webhooks/transport';
import { act, type CallAction, notInProgress } from './calls/call-actions';
import type { CallBook } from './calls/call-book';
import { CallControl } from './calls/call-control';
import type { CallView } from './calls/call-view';
import type { LiveCall } from './calls/live-call';
import { converseForWorker } from './calls/worker-conversation';
import { ConferenceCallbacks } from './conference/conference-callbacks';
import type { Conferences } from './conference/conferences';
import { TaskConferences } from './conference/task-conferences';
import { recordConferenceEvent } from './conference/transcript';
import { CallerQueues } from './queues/caller-queues';
import { StatusCallbacks } from './status-callbacks/status-callbacks';
import { StatusSender } from './status-callbacks/status-sender';
import { converse } from './twiml/conversation';
import { type SentVoiceRequest, TwimlClient } from './twiml/twiml-client';
import type { VoiceServices } from './voice-services';
import type { PhoneCalls } from './workers/phone-calls';
import type { SimulatedVoice } from './workers/simulated-voice';
import { WorkerCalls } from './workers/worker-calls';

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
  readonly method?: HttpMethod | undefined;
  /** Used if the TwiML cannot be fetched or read. */
  readonly fallbackUrl?: string | undefined;
}

interface SimulatedPhoneOptions {
  readonly taskRouter: Pick<TaskRouter, 'execute' | 'read' | 'view'>;
  /** The changes of each commit, once the calls of instructions have changed accordingly. */
  readonly phoneCalls: Pick<PhoneCalls, 'onChanges'>;
  readonly clock: Clock;
  readonly accountSid: string;
  readonly authToken: string;
  readonly newSid: SidSource;
  readonly newTransport: () => Transport;
  /** Every call, those of instructions included. */
  readonly calls: CallBook;
  readonly conferences: Conferences;
  /** Rings the phones that TwiML dials. */
  readonly voice: Pick<SimulatedVoice, 'dial' | 'digits'>;
  /** Where the TwiML of calls is that do not say so; null if there is none. */
  readonly voiceUrl: () => string | null;
  /** Keeps a request of a call, and records its alerts. @returns its ID in the callback log */
  readonly onRequest: (call: CallView, sent: SentVoiceRequest) => number;
  /** @param callbackId the request whose response the alert is about */
  readonly onAlert: (call: CallView, alert: CallbackAlert, callbackId?: number) => void;
  /** Called for an unexpected error, which ends the call. */
  readonly onError: (call: CallView, error: unknown) => void;
}

/**
 * Fetches and executes the TwiML of calls, in the time of the service's clock. Calls are in memory only, and end with the
 * service; their tasks stay.
 */
export class SimulatedPhone {
  private running: { readonly services: VoiceServices; readonly stop: () => Promise<void> } | null = null;

  constructor(private readonly options: SimulatedPhoneOptions) {}

  async start(): Promise<void> {
    const { accountSid, authToken, newSid, taskRouter, clock, calls, conferences, voice } = this.options;
    const inProgress = new AttemptsInProgress();
    const transport = this.options.newTransport();
    const client = new TwimlClient({ authToken, transport, clock, inProgress });
    const queues = new CallerQueues(newSid, clock);
    const { onRequest: keep, onAlert: alert, onError: error } = this.options;
    const use = { accountSid, newSid, taskRouter, client, queues, conferences, calls, voice };
    const services = { ...use, keep, alert, error };
    const taskConferences = new TaskConferences(services);
    const workerCalls = new WorkerCalls({
      taskRouter,
      calls,
      taskConferences,
      callerOf: (taskSid) => queues.callers.get(taskSid),
      begin: (call, url) => void call.scope.busyWith(() => converseForWorker(call, services, { url })),
    });
    const sender = new StatusSender(services);
    const statusCallbacks = new StatusCallbacks(accountSid, sender);
    const conferenceCallbacks = new ConferenceCallbacks(accountSid, sender);
    const unsubscribes = [
      this.options.phoneCalls.onChanges((changes) => workerCalls.take(changes)),
      calls.onProgress((call, event) => statusCallbacks.send(call, event)),
      conferences.onEvent(recordConferenceEvent),
      conferences.onEvent((conference, event) => conferenceCallbacks.send(conference, event)),
      taskConferences.start(),
    ];
    this.running = {
      services,
      stop: async () => {
        for (const unsubscribe of unsubscribes) unsubscribe();
        conferences.clear();
        for (const { sid } of calls.list()) calls.drop(sid);
        inProgress.stop();
        await calls.idle();
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

  /** Null while the service does not run. */
  get control(): CallControl | null {
    return this.running && new CallControl(this.running.services);
  }

  get calls(): Pick<CallBook, 'find' | 'list' | 'onChange'> {
    return this.options.calls;
  }

  get isBusy(): boolean {
    return this.options.calls.isBusy;
  }

  /** Resolves when all calls wait for a person or for time to pass. */
  idle(): Promise<void> {
    return this.options.calls.idle();
  }

  /**
   * Resolves when the call waits for a person or for time to pass, or is over.
   * @throws InvalidParameter if there is no TwiML for it
   */
  async call(wanted: NewCall): Promise<LiveCall> {
    const services = this.running?.services;
    const url = wanted.url ?? this.options.voiceUrl();
    if (!url || !services)
      throw new InvalidParameter('url field is required, because no Functions answer calls here');
    const { from, to, digits, speech, hangUpAfterSeconds } = wanted;
    const sid = this.options.newSid(sidPrefix.call);
    const parts = { sid, from, to, digits, speech };
    const call = this.options.calls.add({ ...parts, direction: 'inbound', person: 'caller' });
    void call.scope.busyWith(() => converse(call, services, { ...wanted, url }));
    if (hangUpAfterSeconds !== undefined) hangUpLater(call, hangUpAfterSeconds);
    await call.busy.quiet();
    return call;
  }

  /** A call that is over is shown once the requests about its end have been answered. */
  async show(sid: string): Promise<LiveCall | undefined> {
    const call = this.options.calls.find(sid);
    if (call?.isOver) await call.busy.quiet();
    return call;
  }

  /** @throws InvalidParameter if there is no such call in progress, or nobody hears TwiML on it */
  async press(sid: string, digits: string): Promise<void> {
    const call = this.requireHearing(sid);
    call.keypad.press(digits);
    await this.quiet(call);
  }

  /** @throws InvalidParameter as `press` does */
  async say(sid: string, text: string): Promise<void> {
    const call = this.requireHearing(sid);
    call.speech.say(text);
    await this.quiet(call);
  }

  /**
   * The person at the phone answers, declines, or hangs up.
   * @throws InvalidParameter if there is no such call in progress, or it is too late for that
   */
  async act(sid: string, action: CallAction): Promise<void> {
    const call = this.requireInProgress(sid);
    await act(call, action);
    await this.options.taskRouter.read(() => undefined);
    await this.quiet(call);
  }

  /** What somebody does on a dialed phone continues the call that dialed it. */
  private async quiet(call: LiveCall): Promise<void> {
    const parent = this.options.calls.find(call.parentCallSid ?? '');
    await Promise.all([call.busy.quiet(), parent?.busy.quiet()]);
  }

  private requireHearing(sid: string): LiveCall {
    const call = this.requireInProgress(sid);
    if (call.flow) return call;
    throw new InvalidParameter(`Call ${sid} hears no TwiML that could ask for something`);
  }

  private requireInProgress(sid: string): LiveCall {
    const call = this.options.calls.find(sid);
    if (call && !call.isOver) return call;
    throw notInProgress(sid);
  }
}

/** The caller hangs up by then, unless the call has ended before. */
function hangUpLater(call: LiveCall, seconds: number): void {
  const { scope } = call;
  const time = call.dateCreated + seconds * 1000;
  void scope.busyWith(() =>
    scope.until(time).then(
      () => call.report({ kind: 'ended' }),
      () => undefined,
    ),
  );
}
