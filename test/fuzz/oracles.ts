import { secrets } from './fuzzed-service';
import type { FuzzResponse } from './responses';

/** What is wrong with how the service handled a case. */
export interface Fault {
  /** The rule that is broken. A smaller case must break the same one. */
  readonly rule: string;
  readonly detail: string;
}

/** What one case did. */
export interface Observation {
  readonly responses: readonly FuzzResponse[];
  readonly methods: readonly string[];
  /** Whether the bytes were valid HTTP, so that there has to be a response. */
  readonly isValidHttp: boolean;
  readonly isStuck: boolean;
  readonly processorMs: number;
  readonly log: { readonly lines: readonly string[]; readonly errors: readonly string[] };
  readonly hasChanged: boolean;
}

/** The processor time that one case may take, in milliseconds: generous, because it includes the client's. */
const maxProcessorMs = 1500;

type Oracle = (observation: Observation) => string | null;

const oracles: Readonly<Record<string, Oracle>> = {
  'an internal error': ({ log }) => log.errors[0] ?? null,
  'a server error': (observation) => describeFirst(observation, isServerError),
  'an error without the format of Twilio': (observation) => describeFirst(observation, isMisshapen),
  'no response': ({ responses, isValidHttp, isStuck, methods }) => {
    if (isStuck) return 'The connection stays open.';
    return isValidHttp && responses.length === 0 ? `${methods[0]} has no response.` : null;
  },
  'too much processor time': ({ processorMs }) =>
    processorMs > maxProcessorMs ? `${Math.round(processorMs)} ms` : null,
  'a change by a refused request': ({ responses, hasChanged }) =>
    hasChanged && responses.length > 0 && responses.every(({ status }) => status >= 400)
      ? `The state has changed, although the status is ${responses[0]?.status}.`
      : null,
  'a change by a read': ({ methods, hasChanged, isValidHttp }) =>
    hasChanged && isValidHttp && methods.every((method) => reads.includes(method))
      ? 'The state has changed.'
      : null,
  // Damage can move the credentials of the client to where the service repeats them.
  'a secret': ({ responses, log, isValidHttp }) => {
    const texts = [...log.lines, ...(isValidHttp ? responses.map(describeResponse) : [])];
    return texts.find((text) => secrets.some((secret) => text.includes(secret))) ?? null;
  },
};

const reads = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** The first rule that a case broke; null if it broke none. */
export function faultIn(observation: Observation): Fault | null {
  for (const [rule, oracle] of Object.entries(oracles)) {
    const detail = oracle(observation);
    if (detail !== null) return { rule, detail: detail.slice(0, 3000) };
  }
  return null;
}

/** Documented: 501 for what is not built, and 503 while the service is stopping or its store has failed. */
const documented: Readonly<Record<number, number>> = { 501: 20501, 503: 20503 };

function isServerError({ status, body }: FuzzResponse): boolean {
  return status >= 500 && jsonOf(body)?.code !== documented[status];
}

function isMisshapen(response: FuzzResponse, method: string): boolean {
  if (response.status < 400 || method === 'HEAD') return false;
  const error = jsonOf(response.body);
  return !(
    response.headers['content-type']?.startsWith('application/json') &&
    typeof error?.code === 'number' &&
    typeof error.message === 'string' &&
    String(error.more_info).startsWith('https://www.twilio.com/docs/errors/') &&
    error.status === response.status
  );
}

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function describeResponse({ status, headers, body }: FuzzResponse): string {
  return `${status} ${JSON.stringify(headers)}\n${body}`;
}

function describeFirst(
  { responses, methods }: Observation,
  isWrong: (response: FuzzResponse, method: string) => boolean,
): string | null {
  const wrong = responses.find((response, at) => isWrong(response, methods[at] ?? 'GET'));
  return wrong ? describeResponse(wrong) : null;
}
