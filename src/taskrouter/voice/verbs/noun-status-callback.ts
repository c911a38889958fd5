import { callEvents, type StatusCallback } from '../calls/status-callback';
import type { Flow } from '../twiml/flow';
import { TwimlFailed } from '../twiml/read-twiml';
import type { Verb } from '../twiml/twiml';
import { resolved, type TwimlDocument } from '../twiml/twiml-client';

/**
 * The status callback of a noun in `<Dial>`; null without one, or after an alert if its URL is invalid.
 * Source: https://www.twilio.com/docs/voice/twiml/number#attributes-status-callback-event
 */
export function statusCallbackOfNoun(
  { statusCallback, statusCallbackEvent = '', statusCallbackMethod }: Verb['attributes'],
  { call, services }: Flow,
  document: TwimlDocument,
): StatusCallback | null {
  if (!statusCallback) return null;
  const words = statusCallbackEvent.split(/[\s,]+/);
  const events = callEvents.filter((event) => words.includes(event));
  try {
    return {
      url: resolved(statusCallback, document.url),
      method: statusCallbackMethod?.toUpperCase() === 'GET' ? 'GET' : 'POST',
      events: events.length > 0 ? events : ['completed'],
    };
  } catch (error) {
    if (!(error instanceof TwimlFailed)) throw error;
    services.alert(call, error.alert);
    return null;
  }
}
