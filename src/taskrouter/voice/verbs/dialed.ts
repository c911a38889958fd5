import type { CallStatus } from '../calls/call-status';

/** How a dialed call ended: https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values */
export interface Dialed {
  readonly status: CallStatus | 'answered';
  /** The other call; empty if there was none, and not sent after a conference. */
  readonly callSid?: string;
  /** Of the conversation; not sent after a conference. */
  readonly seconds?: number;
  /** Whether the two were connected. Default: if the status says so. */
  readonly isBridged?: boolean;
}
