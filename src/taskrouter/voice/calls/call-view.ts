import type { StatusCallback } from '../status-callbacks/status-callback';
import type { CallStatus } from './call-status';

/** https://www.twilio.com/docs/voice/api/call-resource#call-properties */
export type CallDirection = 'inbound' | 'outbound-api' | 'outbound-dial';

/** One line of a conversation. */
export interface TranscriptLine {
  /** Unix milliseconds. */
  readonly at: number;
  /** `caller`, `twilio`, the name of a worker, or the address of somebody else. */
  readonly who: string;
  /** A verb of TwiML, or what a person does: `calls`, `presses`, `hangs up`. */
  readonly verb: string;
  readonly text: string;
}

/** What is known about a call from outside. Times are in Unix milliseconds. */
export interface CallView {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly direction: CallDirection;
  /** The call whose `<Dial>` placed this one. */
  readonly parentCallSid: string | null;
  /** Who is on the phone: `caller`, the name of a worker, or the address of somebody else. */
  readonly person: string;
  readonly workerSid: string | null;
  readonly reservationSid: string | null;
  readonly taskSid: string | null;
  readonly status: CallStatus;
  readonly dateCreated: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** The beginning and the end of a long one. */
  readonly transcript: readonly TranscriptLine[];
  /** All lines of the conversation, including those that `transcript` leaves out. */
  readonly lineCount: number;
  readonly statusCallback: StatusCallback | null;
}
