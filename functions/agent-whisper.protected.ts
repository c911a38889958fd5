import { postWorkActivity, reservationOfCall } from '../src/adapter/voice-environment';
import { voiceFunction } from '../src/adapter/voice-function';
import { agentWhisper } from '../src/steps/voice/agent-whisper';
import { languageWithCode } from '../src/steps/voice/find-language';

/** What an agent hears before taking a call. For `ASSIGNMENT_INSTRUCTION=call`, with this address as `ASSIGNMENT_URL`. */
export const handler = voiceFunction('agent-whisper', ({ parameter, context }) =>
  agentWhisper({
    reservationSid: reservationOfCall(parameter('reservation_sid')),
    language: languageWithCode(parameter('language')),
    digits: parameter('Digits'),
    postWorkActivitySid: postWorkActivity(context),
  }),
);
