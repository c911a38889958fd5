import type { Cancel, Clock } from '../../system/clock';
import type { Change } from '../model/changes';
import type { VoiceCall } from '../model/entities';
import { InvalidParameter } from '../model/errors';
import { type SidSource, sidPrefix } from '../model/sids';
import { StoreFailed } from '../store/store';
import type { TaskRouter } from '../taskrouter';
import type { CallbackAlert } from '../webhooks/alerts';
import { AttemptsInProgress } from '../webhooks/attempts-in-progress';
import { BusyCount } from '../webhooks/busy-count';
import { DeliveryStopped, type Transport } from '../webhooks/transport';
import { CallerQueues, type QueuedCaller } from './caller-queue';
import { enqueue } from './enqueue';
import { type Executors, Flow } from './flow';
import { Keypad } from './keypad';
import { Latch } from './latch';
import { type CallView, LiveCall } from './live-call';
import { Redirected } from './redirected';
import { Dropped, HungUp, Scope } from './scope';
import { type Method, TwimlClient, TwimlFailed, type TwimlRequest } from './twiml-client';
import { callVerbs } from './verbs';
import type { VoiceServices } from './voice-services';

/** Our choice: the number that is called, unless a call says another. Such numbers are kept for fiction. */
export const ownNumber = '+15555550100';

/** A call to be simulated. */
export interface NewCall {
  readonly from: string;
  readonly to: string;
  /** The keys that the caller presses, as soon as something asks for them. */
  readonly digits?: string | undefined;
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
  /** Where the TwiML of calls is that do not say so; null if there is none. */
  readonly voiceUrl: () => string | null;
  readonly onAlert: (call: CallView, alert: CallbackAlert) => void;
  /** Called for an unexpected error, which ends the call. */
  readonly onError: (error: unknown, call: CallView) => void;
}

/** Our choice: how many finished calls can still be read. */
const maxFinishedCalls = 100;
/** What Twilio says to the caller when there is no TwiML: https://www.twilio.com/docs/api/errors/11200 */
const applicationError = 'We are sorry, an application error has occurred. Goodbye.';
const executors: Executors = { ...callVerbs, Enqueue: enqueue };

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
    const queues = new CallerQueues(newSid);
    const alert = this.options.onAlert;
    const unsubscribe = taskRouter.onCommit(({ changes }) => this.take(changes));
    this.running = {
      services: { accountSid, newSid, taskRouter, client, queues, alert },
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
    const { clock, newSid } = this.options;
    const busy = new BusyCount();
    const sid = newSid(sidPrefix.call);
    const scope = new Scope(clock, busy);
    const call = new LiveCall(sid, wanted.from, wanted.to, new Keypad(wanted.digits ?? ''), scope, busy);
    this.forgetOldest();
    this.calls.set(sid, call);
    call.record('caller', 'calls', call.to);
    const cancel = this.hangUpLater(call, wanted.hangUpAfterSeconds);
    void scope.busyWith(() => this.converse(call, services, { ...wanted, url }).finally(cancel));
    await busy.quiet();
    return call;
  }

  find(sid: string): CallView | undefined {
    return this.calls.get(sid);
  }

  /** Newest first. */
  list(): readonly CallView[] {
    return [...this.calls.values()].reverse();
  }

  /** @throws InvalidParameter if there is no such call in progress */
  async press(sid: string, digits: string): Promise<CallView> {
    const call = this.requireInProgress(sid);
    call.keypad.press(digits);
    await call.busy.quiet();
    return call;
  }

  /** @throws InvalidParameter if there is no such call in progress */
  async hangUp(sid: string): Promise<CallView> {
    const call = this.requireInProgress(sid);
    this.endByCaller(call);
    await call.busy.quiet();
    return call;
  }

  private requireInProgress(sid: string): LiveCall {
    const call = this.calls.get(sid);
    if (call && !call.isOver) return call;
    throw new InvalidParameter(`Call ${sid} is not in progress`);
  }

  private endByCaller(call: LiveCall): void {
    if (call.isOver) return;
    call.record('caller', 'hangs up');
    call.finish('completed');
    call.scope.end(new HungUp());
  }

  private hangUpLater(call: LiveCall, seconds: number | undefined): Cancel {
    if (seconds === undefined) return () => undefined;
    const { clock } = this.options;
    const time = clock.now() + seconds * 1000;
    let cancel: Cancel;
    const look = () => {
      if (clock.now() >= time) this.endByCaller(call);
      else cancel = clock.wakeAt(time, look);
    };
    cancel = clock.wakeAt(time, look);
    return () => cancel();
  }

  /** The whole call. Never rejects. */
  private async converse(
    call: LiveCall,
    services: VoiceServices,
    wanted: NewCall & { readonly url: string },
  ): Promise<void> {
    try {
      await this.untilEnd(call, services, { url: wanted.url, method: wanted.method ?? 'POST' }, wanted);
      call.finish('completed');
    } catch (error) {
      this.explainEnd(call, error);
      call.finish('completed');
    }
    call.scope.end(new HungUp());
  }

  private async untilEnd(
    call: LiveCall,
    services: VoiceServices,
    first: TwimlRequest,
    { fallbackUrl, method = 'POST' }: NewCall,
  ): Promise<void> {
    for (let request: TwimlRequest | null = first; request; ) {
      const scope = call.scope.child();
      call.flow = scope;
      try {
        await new Flow({ call, services, scope, executors }).run(request);
        return;
      } catch (error) {
        if (error instanceof Redirected) request = error.request;
        else if (error instanceof TwimlFailed && fallbackUrl && request.role !== 'fallback')
          request = {
            url: fallbackUrl,
            method,
            role: 'fallback',
            parameters: { ErrorCode: String(error.alert.code), ErrorUrl: first.url },
          };
        else throw error;
      }
    }
  }

  private explainEnd(call: LiveCall, error: unknown): void {
    if (error instanceof HungUp || error instanceof Dropped || error instanceof DeliveryStopped) return;
    if (error instanceof TwimlFailed) call.record('twilio', 'Say', applicationError);
    // A store failure was reported where it occurred.
    else if (!(error instanceof StoreFailed)) this.options.onError(error, call);
  }

  private forgetOldest(): void {
    const finished = [...this.calls.values()].filter(({ isOver }) => isOver);
    for (const { sid } of finished.slice(0, finished.length - maxFinishedCalls + 1)) this.calls.delete(sid);
  }

  /**
   * What TaskRouter decided about the workers' calls and the tasks. Our choice: a task that ends while its caller waits
   * takes the caller out of the queue, with the result `error`.
   */
  private take(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.table === 'calls') this.takeCall(change.before, change.after);
      if (change.table === 'tasks' && isFinished(change.after?.status))
        this.callerOf(change.sid)?.next.set('error');
    }
  }

  private takeCall(before: VoiceCall | undefined, after: VoiceCall | undefined): void {
    const call = after ?? before;
    if (!call) return;
    if (call.instruction === 'redirect' && !before) this.redirect(call);
    const caller = this.callerOf(this.taskOf(call));
    if (!caller) return;
    if (call.instruction !== 'dequeue' && call.instruction !== 'conference') return;
    if (!before) this.record(caller, call, 'is called', call.to);
    else if (!after) this.workerHungUp(caller, before);
    else if (before.answeredAt === null && after.answeredAt !== null) this.bridge(caller, after);
  }

  private bridge(caller: QueuedCaller, call: VoiceCall): void {
    const workerName = this.record(caller, call, 'answers');
    caller.bridge = { workerCallSid: call.sid, workerName, over: new Latch() };
    caller.next.set(caller.bridge);
  }

  private workerHungUp(caller: QueuedCaller, call: VoiceCall): void {
    if (caller.bridge?.workerCallSid !== call.sid) this.record(caller, call, 'does not answer');
    else {
      // If the caller hung up, the worker's call ends because of that.
      if (!this.calls.get(caller.callSid)?.isOver) this.record(caller, call, 'hangs up');
      caller.bridge.over.set();
    }
  }

  private redirect({ to, url }: VoiceCall): void {
    const call = this.calls.get(to);
    if (!call || call.isOver || url === null) return;
    call.record('twilio', 'is redirected', url);
    call.flow?.end(new Redirected({ url, method: 'POST' }));
  }

  private taskOf({ reservationSid }: VoiceCall): string {
    return this.options.taskRouter.view.find('reservations', reservationSid)?.taskSid ?? '';
  }

  private callerOf(taskSid: string): QueuedCaller | undefined {
    return this.running?.services.queues.callers.get(taskSid);
  }

  /** @returns the name of the worker */
  private record({ callSid }: QueuedCaller, { workerSid, to }: VoiceCall, verb: string, text = ''): string {
    const worker = workerSid && this.options.taskRouter.view.find('workers', workerSid);
    const name = worker ? worker.friendlyName : to;
    this.calls.get(callSid)?.record(name, verb, text);
    return name;
  }
}

/** Undefined: the task has been deleted. */
const isFinished = (status: string | undefined): boolean =>
  status === undefined || status === 'canceled' || status === 'completed';
