import type { ErrorFormat } from './error-formats';
import { describeResponse, type FuzzResponse } from './responses';

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
  readonly format: ErrorFormat;
  /** What no response and no log may contain. */
  readonly secrets: readonly string[];
}

/**
 * The processor time that one case may take, in milliseconds: generous, because it includes the client's. Time in the
 * kernel is left out: it grows with the size of a response.
 */
const maxProcessorMs = 1500;

type Oracle = (observation: Observation) => string | null;

const oracles: Readonly<Record<string, Oracle>> = {
  'an internal error': ({ log }) => log.errors[0] ?? null,
  'a server error': (observation) =>
    describeFirst(
      observation,
      (response) => response.status >= 500 && !observation.format.isDocumented(response),
    ),
  'an error in a wrong format': (observation) =>
    describeFirst(
      observation,
      (response, method) => isRefusal(response, method) && !observation.format.isWellFormed(response),
    ),
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
  'a secret': ({ responses, log, isValidHttp, secrets }) => {
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

const isRefusal = ({ status }: FuzzResponse, method: string) => status >= 400 && method !== 'HEAD';

function describeFirst(
  { responses, methods }: Observation,
  isWrong: (response: FuzzResponse, method: string) => boolean,
): string | null {
  const wrong = responses.find((response, at) => isWrong(response, methods[at] ?? 'GET'));
  return wrong ? describeResponse(wrong) : null;
}
