import type { LiveCall } from '../calls/live-call';

/**
 * Whether the caller has left the conversation by the key `*`, and goes on.
 * Source: https://www.twilio.com/docs/voice/twiml/dial#hanguponstar
 */
export function isStarred(call: LiveCall, hangupOnStar: boolean): boolean {
  if (!hangupOnStar || !call.keypad.takeThrough('*')) return false;
  call.record(call.person, 'presses', '*');
  return true;
}
