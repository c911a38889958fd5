import type { Cancel } from '../../../system/clock';
import type { BusyCount } from '../../webhooks/busy-count';
import type { CallEvent, StatusCallback } from '../status-callbacks/status-callback';
import { type CallStatus, type CallUpdate, type FinalStatus, isFinal, statusOfFailure } from './call-status';
import type { CallDirection, CallView, TranscriptLine } from './call-view';
import { Keypad } from './keypad';
import { HungUp, type Scope } from './scope';
import { Speech } from './speech';
import { Transcript } from './transcript';

/** How what a person does reaches the call. */
type Report = (update: CallUpdate) => Promise<void>;

export interface NewLiveCall
  extends Pick<CallView, 'sid' | 'from' | 'to' | 'direction' | 'person'>,
    Partial<
      Pick<
        CallView,
        | 'parentCallSid'
        | 'workerSid'
        | 'reservationSid'
        | 'taskSid'
        | 'dateCreated'
        | 'answeredAt'
        | 'statusCallback'
      >
    > {
  /** The keys that the person presses, as soon as something asks for them. */
  readonly digits?: string | undefined;
  /** What the person says when something listens: one text each time. Default: nothing. */
  readonly speech?: readonly string[] | undefined;
  /** It is not dialed yet. Default: it rings. */
  readonly isQueued?: boolean | undefined;
  /** It began before the service did. Default: it begins now. */
  readonly isContinued?: boolean | undefined;
  /** Default: the call changes at once. A durable call changes when TaskRouter has decided so. */
  readonly report?: Report | undefined;
}

interface CallParts extends NewLiveCall {
  /** Ends when the call does. */
  readonly scope: Scope;
  readonly busy: BusyCount;
  readonly onProgress: (event: CallEvent) => void;
}

/** A phone call, from ringing to its end. */
export class LiveCall implements CallView {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: CallDirection;
  readonly parentCallSid: string | null;
  readonly person: string;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  readonly dateCreated: number;
  /** It began before the service did. */
  readonly isContinued: boolean;
  /** A program can give it another one. */
  statusCallback: StatusCallback | null;
  readonly keypad: Keypad;
  readonly speech: Speech;
  readonly scope: Scope;
  readonly busy: BusyCount;
  /**
   * The one way in for what the person at this phone does: answer, not answer, hang up. Simulated or not, it is the same.
   */
  readonly report: Report;
  /** It executes TwiML of its own, rather than only being connected to another call. */
  hasScript = false;
  /** What the call executes now; it ends when the call goes to other TwiML. */
  flow: Scope | null = null;
  private current: Pick<CallView, 'status' | 'taskSid' | 'answeredAt' | 'endedAt'>;
  private readonly conversation = new Transcript();
  private readonly progressed: (event: CallEvent) => void;
  private readonly changeListeners = new Set<() => void>();

  constructor(parts: CallParts) {
    const { answeredAt = null, taskSid = null } = parts;
    this.sid = parts.sid;
    this.from = parts.from;
    this.to = parts.to;
    this.direction = parts.direction;
    this.parentCallSid = parts.parentCallSid ?? null;
    this.person = parts.person;
    this.workerSid = parts.workerSid ?? null;
    this.reservationSid = parts.reservationSid ?? null;
    this.dateCreated = parts.dateCreated ?? parts.scope.clock.now();
    this.isContinued = parts.isContinued ?? false;
    this.statusCallback = parts.statusCallback ?? null;
    this.keypad = new Keypad(parts.digits ?? '');
    this.speech = new Speech(parts.speech ?? []);
    this.scope = parts.scope;
    this.busy = parts.busy;
    this.progressed = parts.onProgress;
    this.report = parts.report ?? (async (update) => this.take(update));
    this.current = {
      status: answeredAt !== null ? 'in-progress' : parts.isQueued ? 'queued' : 'ringing',
      answeredAt,
      endedAt: null,
      taskSid,
    };
  }

  get transcript(): readonly TranscriptLine[] {
    return this.conversation.lines;
  }

  get lineCount(): number {
    return this.conversation.count;
  }

  get status(): CallStatus {
    return this.current.status;
  }

  get taskSid(): string | null {
    return this.current.taskSid;
  }

  get answeredAt(): number | null {
    return this.current.answeredAt;
  }

  get endedAt(): number | null {
    return this.current.endedAt;
  }

  /** How long it has been connected, in whole seconds. */
  get seconds(): number {
    const { answeredAt, endedAt } = this.current;
    return answeredAt === null ? 0 : Math.floor(((endedAt ?? this.scope.clock.now()) - answeredAt) / 1000);
  }

  get isOver(): boolean {
    return isFinal(this.status);
  }

  /** What the person did, or did not do. It has no effect when it comes too late. */
  take(update: CallUpdate): void {
    if (this.isOver || (update.kind !== 'ended' && this.answeredAt !== null)) return;
    if (update.kind === 'answered') {
      this.record(this.person, 'answers');
      this.answer();
    } else if (update.kind === 'failed') {
      const status = statusOfFailure[update.failure];
      this.record(this.person, 'does not answer', status);
      this.finish(status);
    } else {
      this.record(this.person, 'hangs up');
      this.end();
    }
  }

  /** It is dialed now. */
  begin(): void {
    if (this.status === 'queued') this.change({ status: 'ringing' });
    this.record(this.direction === 'inbound' ? this.person : 'twilio', 'calls', this.to);
    this.progressed('initiated');
    this.progressed('ringing');
  }

  /** From now on, it is connected. */
  answer(): void {
    if (this.isOver || this.answeredAt !== null) return;
    this.change({ status: 'in-progress', answeredAt: this.scope.clock.now() });
    this.progressed('answered');
  }

  /** Only the first status that ends the call counts. Everything that waits in the call ends with it. */
  finish(status: FinalStatus): void {
    if (this.isOver) return;
    this.change({ status, endedAt: this.scope.clock.now() });
    this.progressed('completed');
    this.scope.end(new HungUp());
  }

  /** A call that nobody answered is not `completed`. @param unanswered its status then */
  end(unanswered: FinalStatus = 'no-answer'): void {
    this.finish(this.answeredAt === null ? unanswered : 'completed');
  }

  /** From now on, it executes TwiML of its own. */
  beginScript(): void {
    this.hasScript = true;
    this.changed();
  }

  /** `<Enqueue>` has created a task for it. */
  belongsTo(taskSid: string): void {
    this.change({ taskSid });
  }

  record(who: string, verb: string, text = ''): void {
    this.conversation.add({ at: this.scope.clock.now(), who, verb, text });
    this.changed();
  }

  /** Calls `listener` after every change of status, task, or transcript. */
  onChange(listener: () => void): Cancel {
    this.changeListeners.add(listener);
    return () => void this.changeListeners.delete(listener);
  }

  /** Waits until the call is as wanted. @throws the reason if the scope ends first */
  async until(scope: Scope, isReached: (call: LiveCall) => boolean): Promise<void> {
    while (!isReached(this)) await scope.wait<void>((resolve) => this.onChange(resolve));
  }

  private change(changed: Partial<LiveCall['current']>): void {
    this.current = { ...this.current, ...changed };
    this.changed();
  }

  private changed(): void {
    for (const listener of [...this.changeListeners]) listener();
  }
}
