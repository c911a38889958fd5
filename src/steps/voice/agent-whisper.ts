import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { CallLanguage } from './languages';

interface Whisper {
  readonly reservationSid: string;
  readonly language: CallLanguage;
  /** What the agent pressed; undefined before. */
  readonly digits: string | undefined;
  /** The agent's activity after the call. */
  readonly postWorkActivitySid: string | undefined;
}

/** How long the agent has, in seconds. */
const choiceSeconds = 10;

/**
 * Tells the agent who calls, on the agent's own phone. Any key connects the caller, and only then TaskRouter accepts the
 * reservation: a voice mailbox that answers does not. For the instruction `call`.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
export function agentWhisper({
  reservationSid,
  language,
  digits,
  postWorkActivitySid,
}: Whisper): VoiceResponse {
  const response = new VoiceResponse();
  if (digits !== undefined) {
    // The reservation stands for the name of the queue.
    response.dial().queue({ reservationSid, ...(postWorkActivitySid && { postWorkActivitySid }) }, '');
    return response;
  }
  const action = `/agent-whisper?reservation_sid=${reservationSid}`;
  const gather = response.gather({ numDigits: 1, timeout: choiceSeconds, action });
  gather.say(`A call in ${language.name}. Press any key to take it.`);
  response.hangup();
  return response;
}
