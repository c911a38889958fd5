import type { LiveCall } from './live-call';

const apiVersion = '2010-04-01';
/** Empty, as for a number whose place Twilio does not know. */
const places = ['City', 'State', 'Zip', 'Country'] as const;
const numbers = ['From', 'To', 'Caller', 'Called'] as const;

/**
 * The parameters of every request about a call.
 * Source: https://www.twilio.com/docs/voice/twiml#request-parameters
 */
export function callParameters(call: LiveCall, accountSid: string): Record<string, string> {
  const { from, to } = call;
  return {
    CallSid: call.sid,
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    Direction: call.direction,
    CallStatus: call.status,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...Object.fromEntries(numbers.flatMap((number) => places.map((place) => [number + place, '']))),
  };
}

/**
 * What `<Enqueue>` adds to the attributes of a task.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
export function callAttributes(call: LiveCall, accountSid: string): Record<string, string> {
  const parameters = Object.entries(callParameters(call, accountSid));
  return Object.fromEntries(parameters.map(([name, value]) => [snakeCase(name), value]));
}

/** `FromCity` is `from_city`. */
const snakeCase = (name: string): string => name.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
