import { StoreFailed } from '../../store/store';
import { converse } from '../twiml/conversation';
import type { Script } from '../twiml/script';
import type { VoiceServices } from '../voice-services';
import type { LiveCall } from './live-call';

/** TwiML on a call that TaskRouter has placed. It ends with its TwiML, or before that when TaskRouter says so. */
export async function converseForWorker(
  call: LiveCall,
  services: VoiceServices,
  script: Script,
): Promise<void> {
  await converse(call, services, script);
  // Of a call that was dropped, nobody is told.
  if (!call.isOver) return;
  try {
    // The others of a conference that it has left may still be in it.
    const conferenceGoesOn = services.conferences.find(call.taskSid ?? '') !== undefined;
    await services.taskRouter.execute({ type: 'CallEnded', callSid: call.sid, conferenceGoesOn });
  } catch (error) {
    // It was reported where it occurred.
    if (!(error instanceof StoreFailed)) throw error;
  }
}
