import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { CallbackError } from '../steps/callback-error';
import { languageWithCode } from '../steps/voice/find-language';
import { unavailable } from '../steps/voice/unavailable';
import { logError, logMessage } from './log';
import { twimlResponse } from './responses';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './runtime';

/** A request of Twilio's voice: https://www.twilio.com/docs/voice/twiml#request-parameters */
interface VoiceRequest {
  /** A parameter of the query or the form; undefined if it is missing or empty. */
  readonly parameter: (name: string) => string | undefined;
  /** The same as a number; undefined if it is not one. */
  readonly number: (name: string) => number | undefined;
  readonly context: FunctionContext;
}

/**
 * A Function that answers a call with TwiML. If `run` throws, the caller hears that no one can take the call, because
 * Twilio would otherwise play its own error message.
 */
export function voiceFunction(name: string, run: (request: VoiceRequest) => VoiceResponse): FunctionHandler {
  return (context, event, callback) => {
    let twiml: string;
    try {
      twiml = run(voiceRequest(context, event)).toString();
    } catch (thrown) {
      if (thrown instanceof CallbackError) logMessage(name, thrown.code, thrown.message);
      else logError(context, name, 'voice_failed', thrown);
      twiml = unavailable(languageWithCode(textOf(event.language))).toString();
    }
    callback(null, twimlResponse(twiml));
  };
}

function voiceRequest(context: FunctionContext, event: FunctionEvent): VoiceRequest {
  const parameter = (name: string) => textOf(event[name]);
  const number = (name: string) => {
    const text = parameter(name);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  return { parameter, number, context };
}

/** A repeated parameter is a list, and counts as missing. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
