/** The part of Twilio's Functions runtime that we use: https://www.twilio.com/docs/serverless/functions-assets/functions/invocation */

/** The environment variables of the service, and the helpers of the runtime. */
export type FunctionContext = Readonly<Record<string, unknown>>;

/** `request` (headers, cookies), the query and the body, merged; on conflicts the later one wins. */
export type FunctionEvent = Readonly<Record<string, unknown>>;

/** Ends the invocation: 500 with an error, 200 with a JSON object, or as a Twilio.Response says. */
type FunctionCallback = (error: unknown, payload?: unknown) => void;

/** The `handler` that a file in functions/ exports. */
export type FunctionHandler = (
  context: FunctionContext,
  event: FunctionEvent,
  callback: FunctionCallback,
) => void;
