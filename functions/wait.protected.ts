import { voiceFunction } from '../src/adapter/voice-function';
import { languageWithCode } from '../src/steps/voice/find-language';
import { wait } from '../src/steps/voice/wait';

/** What a caller hears while waiting for an agent. */
export const handler = voiceFunction('wait', ({ parameter, number }) =>
  wait(languageWithCode(parameter('language')), {
    position: number('QueuePosition'),
    waitedSeconds: number('QueueTime') ?? 0,
    averageSeconds: number('AvgQueueTime') ?? 0,
  }),
);
