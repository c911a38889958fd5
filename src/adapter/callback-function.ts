import { CallbackError } from '../steps/callback-error';
import { logError, logMessage } from './log';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './runtime';

/**
 * A Function that TaskRouter calls. It always responds once: with what `run` returns, or with `{}` if `run` throws,
 * because an error would make TaskRouter cancel the reservation. It uses neither the `Twilio` global nor the SDK.
 */
export function callbackFunction(
  name: string,
  run: (context: FunctionContext, event: FunctionEvent) => unknown,
): FunctionHandler {
  return (context, event, callback) => {
    let response: unknown = {};
    try {
      response = run(context, event);
    } catch (thrown) {
      logThrown(context, name, thrown);
    }
    callback(null, response);
  };
}

function logThrown(context: FunctionContext, name: string, thrown: unknown): void {
  if (thrown instanceof CallbackError) logMessage(name, thrown.code, thrown.message);
  else logError(context, name, 'callback_failed', thrown);
}
