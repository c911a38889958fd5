import { type ConferenceCallback, conferenceEventWords } from '../conference/conference-callback';
import { callEvents, type StatusCallback } from '../status-callbacks/status-callback';
import type { Flow } from '../twiml/flow';
import { TwimlFailed } from '../twiml/read-twiml';
import type { Verb } from '../twiml/twiml';
import type { TwimlDocument } from '../twiml/twiml-client';

/**
 * The status callback of a noun in `<Dial>`; null without one, or after an alert if its URL is invalid.
 * Source: https://www.twilio.com/docs/voice/twiml/number#attributes-status-callback-event
 */
export function statusCallbackOfNoun(
  attributes: Verb['attributes'],
  flow: Flow,
  document: TwimlDocument,
): StatusCallback | null {
  const events = eventsIn(attributes, callEvents);
  const receiver = receiverOf(attributes, flow, document);
  return receiver && { ...receiver, events: events.length > 0 ? events : ['completed'] };
}

/**
 * That of `<Conference>`, which is told nothing unless it says what.
 * Source: https://www.twilio.com/docs/voice/twiml/conference#attributes-status-callback-event
 */
export function statusCallbackOfConference(
  attributes: Verb['attributes'],
  flow: Flow,
  document: TwimlDocument,
): ConferenceCallback | null {
  const receiver = receiverOf(attributes, flow, document);
  return receiver && { ...receiver, events: eventsIn(attributes, conferenceEventWords) };
}

function eventsIn<Word extends string>(
  { statusCallbackEvent = '' }: Verb['attributes'],
  known: readonly Word[],
): readonly Word[] {
  const words: readonly string[] = statusCallbackEvent.split(/[\s,]+/);
  return known.filter((event) => words.includes(event));
}

function receiverOf(
  { statusCallback, statusCallbackMethod }: Verb['attributes'],
  flow: Flow,
  document: TwimlDocument,
): Pick<StatusCallback, 'url' | 'method'> | null {
  if (!statusCallback) return null;
  try {
    const { url, method } = flow.request(statusCallback, statusCallbackMethod, document);
    return { url, method };
  } catch (error) {
    if (error instanceof TwimlFailed) return null;
    throw error;
  }
}
