/** Twilio's Functions runtime, as far as we use it: https://www.twilio.com/docs/serverless/functions-assets/functions/invocation */

/** The environment variables of the service, and the helpers of the runtime. */
export type FunctionContext = Readonly<Record<string, unknown>>;

/** `request` (headers, cookies), then the query, then the body, all merged: a later one replaces what came before. */
export type FunctionEvent = Readonly<Record<string, unknown>>;

/** Ends the invocation: 500 with an error, else 200 with a JSON object, or whatever a Twilio.Response says. */
export type FunctionCallback = (error: unknown, payload?: unknown) => void;

/** What a file in functions/ exports as `handler`. */
export type FunctionHandler = (
  context: FunctionContext,
  event: FunctionEvent,
  callback: FunctionCallback,
) => void;
