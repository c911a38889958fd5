import { voiceFunction } from '../src/adapter/voice-function';
import { incomingCall } from '../src/steps/voice/incoming-call';

/** The Voice URL of your number: asks the caller for a language. src/steps/voice/languages.ts has all texts. */
export const handler = voiceFunction('incoming-call', ({ number }) => incomingCall(number('attempt') ?? 1));
