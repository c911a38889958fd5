import type { Parameters } from '../http/parameters';
import { CallRefused, InvalidParameter, NotBuilt } from '../model/errors';
import { phone, someOf } from '../model/instruction-readers';
import type { OutboundCall } from '../voice/calls/call-control';
import { type CallEvent, callEvents, type StatusCallback } from '../voice/status-callbacks/status-callback';
import { inlineScript, type Script } from '../voice/twiml/script';

/** Seconds. Source: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
const timeout = { default: 60, max: 600 } as const;
const maxTwimlCharacters = 4000;

/** What a call cannot do here. What only concerns recordings, carriers, or SIP has no effect, because there are none. */
const notBuilt = ['ApplicationSid', 'AsyncAmd', 'MachineDetection', 'Record'] as const;

/** @throws CallRefused, InvalidParameter, NotBuilt */
export function readOutboundCall(parameters: Parameters): OutboundCall {
  const destination = readDestination(parameters);
  refuseNotBuilt(parameters);
  const script = readScript(parameters);
  if (!script) throw new CallRefused(21205, 'Url parameter is required.');
  return {
    ...destination,
    script,
    sendDigits: readSendDigits(parameters),
    timeLimitSeconds: readTimeLimit(parameters),
  };
}

/** Who calls whom, how long the phone rings, and who is told. @throws CallRefused, InvalidParameter */
export function readDestination(parameters: Parameters) {
  return {
    to: address(parameters, 'To', { missing: 21201, invalid: 21211 }),
    from: address(parameters, 'From', { missing: 21213, invalid: 21212 }),
    statusCallback: readStatusCallback(parameters, eventsOf(parameters)) ?? null,
    timeoutSeconds: readTimeout(parameters),
  };
}

/** @throws CallRefused, InvalidParameter */
export function readCallUpdate(parameters: Parameters) {
  if (parameters.has('Url') && parameters.has('Twiml'))
    throw new InvalidParameter('Url and Twiml are mutually exclusive');
  return {
    script: readScript(parameters),
    statusCallback: readStatusCallback(parameters, usualEvents),
    status: parameters.oneOf('Status', ['canceled', 'completed']),
    timeLimitSeconds: readTimeLimit(parameters),
  };
}

/** `false` asks for nothing. @throws NotBuilt */
function refuseNotBuilt(parameters: Parameters): void {
  const asked = notBuilt.find((name) => parameters.has(name) && parameters.text(name) !== 'false');
  if (asked) throw new NotBuilt(`${asked} of a call`);
}

/** Unless a program asks for others. */
const usualEvents: readonly CallEvent[] = ['completed'];

/** @throws InvalidParameter */
function eventsOf(parameters: Parameters): readonly CallEvent[] {
  const name = 'StatusCallbackEvent';
  const given = parameters.all(name);
  if (given.length === 0) return usualEvents;
  const { read, wanted } = someOf(...callEvents);
  const events = read(given);
  if (events) return events;
  throw new InvalidParameter(`Value '${given}' provided for ${name} is not ${wanted}`);
}

/** @throws CallRefused */
function readStatusCallback(
  parameters: Parameters,
  events: readonly CallEvent[],
): StatusCallback | undefined {
  const url = refusing(21609, () => parameters.url('StatusCallback'), 'StatusCallback is not a valid URL');
  return url === undefined
    ? undefined
    : { url, method: method(parameters, 'StatusCallbackMethod') ?? 'POST', events };
}

/** The URL counts if both are given. @throws CallRefused, InvalidParameter */
function readScript(parameters: Parameters): Script | undefined {
  const url = webUrl(parameters, 'Url');
  const twiml = parameters.text('Twiml');
  const fallback = {
    fallbackUrl: webUrl(parameters, 'FallbackUrl'),
    fallbackMethod: method(parameters, 'FallbackMethod'),
  };
  if (url !== undefined) return { url, method: method(parameters, 'Method'), ...fallback };
  if (twiml === undefined) return undefined;
  if (twiml.length > maxTwimlCharacters)
    throw InvalidParameter.outOfRange('Twiml', `${twiml.length} characters`, `at most ${maxTwimlCharacters}`);
  return { ...inlineScript(twiml), ...fallback };
}

function address(
  parameters: Parameters,
  name: 'To' | 'From',
  code: { readonly missing: number; readonly invalid: number },
): string {
  const text = parameters.text(name);
  if (text === undefined) throw new CallRefused(code.missing, `No '${name}' number is specified`);
  const read = phone.read(text);
  if (read !== undefined) return read;
  throw new CallRefused(code.invalid, `'${name}' ${text} is not ${phone.wanted}`);
}

function webUrl(parameters: Parameters, name: string): string | undefined {
  return refusing(21205, () => parameters.url(name), `${name} is not a valid URL: ${parameters.text(name)}`);
}

function method(parameters: Parameters, name: string): Script['method'] {
  const value = parameters.text(name);
  return refusing(
    21209,
    () => parameters.oneOf(name, ['GET', 'POST']),
    `${name} ${value} is not GET or POST`,
  );
}

function readTimeout(parameters: Parameters): number {
  const fault = `Timeout is not a whole number of seconds from 1 to ${timeout.max}`;
  const seconds = refusing(21208, () => parameters.integer('Timeout'), fault) ?? timeout.default;
  if (seconds < 1 || seconds > timeout.max) throw new CallRefused(21208, fault);
  return seconds;
}

/** Source: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
function readSendDigits(parameters: Parameters): string | undefined {
  const digits = parameters.text('SendDigits');
  if (digits === undefined || /^[0-9A-D#*wW]{1,32}$/.test(digits)) return digits;
  throw new CallRefused(21206, 'SendDigits is not made of at most 32 of 0 to 9, A to D, #, *, w, and W');
}

function readTimeLimit(parameters: Parameters): number | undefined {
  const seconds = parameters.integer('TimeLimit');
  if (seconds !== undefined && seconds < 1)
    throw InvalidParameter.outOfRange('TimeLimit', seconds, '1 or more');
  return seconds;
}

/** Twilio's own code for a parameter that cannot be read. */
function refusing<Value>(code: number, read: () => Value, message: string): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof InvalidParameter ? new CallRefused(code, message) : error;
  }
}
