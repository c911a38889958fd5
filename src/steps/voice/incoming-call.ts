// Not from 'twilio': the builder alone loads 30 modules, the SDK more than a thousand.
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { languages } from './languages';

/** How often a caller is asked for the language. */
const maxAttempts = 2;
/** How long the caller has for the choice, in seconds. */
const choiceSeconds = 5;

/**
 * Asks the caller for a language. A caller who presses nothing is asked once more, and then gets the default.
 * @param attempt starts at 1
 */
export function incomingCall(attempt: number): VoiceResponse {
  const response = new VoiceResponse();
  const gather = response.gather({
    numDigits: 1,
    timeout: choiceSeconds,
    action: `/enqueue-call?attempt=${attempt}`,
  });
  for (const { voice, choice } of byDigit()) gather.say({ language: voice }, choice);
  response.redirect(isLastAttempt(attempt) ? '/enqueue-call' : askAgain(attempt));
  return response;
}

export const isLastAttempt = (attempt: number): boolean => attempt >= maxAttempts;

export const askAgain = (attempt: number): string => `/incoming-call?attempt=${attempt + 1}`;

const byDigit = () => [...languages].sort((left, right) => left.digit.localeCompare(right.digit));
