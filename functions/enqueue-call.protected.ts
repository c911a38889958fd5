import { workflowOfCalls } from '../src/adapter/voice-environment';
import { voiceFunction } from '../src/adapter/voice-function';
import { enqueueCall } from '../src/steps/voice/enqueue-call';

/** Creates a task for the call, with the language that the caller chose, and lets the caller wait for an agent. */
export const handler = voiceFunction('enqueue-call', ({ parameter, number, context }) =>
  enqueueCall({ digits: parameter('Digits'), attempt: number('attempt') ?? 1 }, workflowOfCalls(context)),
);
