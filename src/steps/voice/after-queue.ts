import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { CallLanguage } from './languages';

/** How a caller can leave the queue without an agent: https://www.twilio.com/docs/voice/twiml/enqueue#action */
const failures = ['error', 'queue-full', 'system-error'];

/** Says goodbye to a caller who has left the queue or could not enter it. All other calls are over by then. */
export function afterQueue(language: CallLanguage, queueResult: string | undefined): VoiceResponse {
  const response = new VoiceResponse();
  const text = goodbye(language, queueResult);
  if (text !== null) response.say({ language: language.voice }, text);
  response.hangup();
  return response;
}

function goodbye(language: CallLanguage, queueResult = ''): string | null {
  if (queueResult === 'leave') return language.left;
  return failures.includes(queueResult) ? language.failed : null;
}
