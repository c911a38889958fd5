import { voiceFunction } from '../src/adapter/voice-function';
import { afterQueue } from '../src/steps/voice/after-queue';
import { languageWithCode } from '../src/steps/voice/find-language';

/** What a caller hears after the queue: only those who got no agent hear anything. */
export const handler = voiceFunction('after-queue', ({ parameter }) =>
  afterQueue(languageWithCode(parameter('language')), parameter('QueueResult')),
);
