import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { languageWithDigit } from './find-language';
import { askAgain, isLastAttempt } from './incoming-call';
import { type CallLanguage, languages } from './languages';

interface Choice {
  /** What the caller pressed; undefined if nothing. */
  readonly digits: string | undefined;
  /** How often the caller has been asked. */
  readonly attempt: number;
}

/**
 * Puts the caller into the queue: TaskRouter creates a task with the chosen language. A caller who presses a key without
 * a language is asked once more, and then gets the default.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
export function enqueueCall({ digits, attempt }: Choice, workflowSid: string): VoiceResponse {
  const chosen = digits === undefined ? languages[0] : languageWithDigit(digits);
  if (chosen) return enqueued(chosen, workflowSid);
  if (isLastAttempt(attempt)) return enqueued(languages[0], workflowSid);
  const response = new VoiceResponse();
  response.redirect(askAgain(attempt));
  return response;
}

function enqueued({ code }: CallLanguage, workflowSid: string): VoiceResponse {
  const response = new VoiceResponse();
  const enqueue = response.enqueue({
    workflowSid,
    waitUrl: `/wait?language=${code}`,
    action: `/after-queue?language=${code}`,
  });
  enqueue.task({}, JSON.stringify({ selected_language: code }));
  return response;
}
