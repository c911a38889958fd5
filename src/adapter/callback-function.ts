import { CallbackError } from '../steps/callback-error';
import { logError, logMessage } from './log';
import type { FunctionContext, FunctionEvent, FunctionHandler } from './runtime';

/**
 * A Function that TaskRouter calls. It always answers once, with what `run` returns, or `{}` if `run` throws: any
 * error would make TaskRouter cancel the reservation. It touches neither the `Twilio` global nor the SDK.
 */
export function callbackFunction(
  name: string,
  run: (context: FunctionContext, event: FunctionEvent) => unknown,
): FunctionHandler {
  return (context, event, callback) => {
    let answer: unknown = {};
    try {
      answer = run(context, event);
    } catch (thrown) {
      report(context, name, thrown);
    }
    callback(null, answer);
  };
}

function report(context: FunctionContext, name: string, thrown: unknown): void {
  if (thrown instanceof CallbackError) logMessage(name, thrown.code, thrown.message);
  else logError(context, name, 'callback_failed', thrown);
}
