import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { CallLanguage } from './languages';

/** Says that no one can take the call, and ends it. */
export function unavailable({ voice, failed }: CallLanguage): VoiceResponse {
  const response = new VoiceResponse();
  response.say({ language: voice }, failed);
  response.hangup();
  return response;
}
