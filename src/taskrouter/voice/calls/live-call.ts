import type { BusyCount } from '../../webhooks/busy-count';
import { Keypad } from './keypad';
import type { Scope } from './scope';
import { Speech } from './speech';

/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export type CallStatus = 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer';

/** One line of a conversation. */
export interface TranscriptLine {
  /** Unix milliseconds. */
  readonly at: number;
  /** `caller`, `twilio`, or the name of a worker. */
  readonly who: string;
  /** A verb of TwiML, or what a person does: `calls`, `presses`, `hangs up`. */
  readonly verb: string;
  readonly text: string;
}

/** What is known about a call from outside. */
export interface CallView {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly status: CallStatus;
  readonly taskSid: string | null;
  readonly transcript: readonly TranscriptLine[];
}

export interface CallParts {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  /** Who hears its TwiML: `caller`, or the name of a worker. */
  readonly person: string;
  /** The keys that the person presses, as soon as something asks for them. */
  readonly digits: string;
  /** What the person says when something listens: one text each time. Default: nothing. */
  readonly speech?: readonly string[] | undefined;
  /** Default: `inbound`. */
  readonly direction?: 'inbound' | 'outbound-api';
  /** Ends when the call does. */
  readonly scope: Scope;
  readonly busy: BusyCount;
}

/** A simulated call, from ringing to its end. */
export class LiveCall implements CallView {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly person: string;
  readonly direction: 'inbound' | 'outbound-api';
  readonly keypad: Keypad;
  readonly speech: Speech;
  readonly scope: Scope;
  readonly busy: BusyCount;
  status: CallStatus = 'ringing';
  taskSid: string | null = null;
  readonly transcript: TranscriptLine[] = [];
  /** What the call executes now; it ends when the call goes to other TwiML. */
  flow: Scope | null = null;

  constructor({ sid, from, to, person, digits, speech = [], direction = 'inbound', scope, busy }: CallParts) {
    this.sid = sid;
    this.from = from;
    this.to = to;
    this.person = person;
    this.direction = direction;
    this.keypad = new Keypad(digits);
    this.speech = new Speech(speech);
    this.scope = scope;
    this.busy = busy;
  }

  get isOver(): boolean {
    return this.status !== 'ringing' && this.status !== 'in-progress';
  }

  /** Only the first status that ends the call counts. */
  finish(status: CallStatus): void {
    if (!this.isOver) this.status = status;
  }

  record(who: string, verb: string, text = ''): void {
    this.transcript.push({ at: this.scope.clock.now(), who, verb, text });
  }
}
