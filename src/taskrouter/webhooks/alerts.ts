import { invalidInstruction } from '../model/instructions';
import type { InstructionFault } from '../model/read-instruction';
import { remedyFor } from '../model/remedies';
import type { ExchangeFailure } from './transport';

/** What Twilio's debugger would show about a callback, and what to do about it. */
export interface CallbackAlert {
  /** Twilio's error code: https://www.twilio.com/docs/api/errors */
  readonly code: number;
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

const error = (code: number, message: string, remedy: string): CallbackAlert => ({
  code,
  level: 'error',
  message,
  remedy,
});
const warning = (code: number, message: string, remedy: string): CallbackAlert => ({
  code,
  level: 'warning',
  message,
  remedy,
});

/** Twilio's code for a receiver without a complete response; which failure has which code is our choice. */
const failureCodes: Readonly<Record<ExchangeFailure, number>> = {
  invalid_url: 11100,
  refused_address: 11205,
  bad_host_name: 11210,
  connection_refused: 11202,
  connection_failed: 11205,
  connect_timeout: 11205,
  tls: 11220,
  protocol: 11206,
  too_large: 11750,
  read_timeout: 11200,
  total_timeout: 11203,
  no_response: 11200,
  internal_error: 11200,
};

/** Remedies for failures that are more specific than their code. */
const failureRemedies: Readonly<Partial<Record<ExchangeFailure, string>>> = {
  refused_address:
    'Use the URL of a receiver that is yours, not a link-local or metadata address and not the local TaskRouter.',
  read_timeout: 'Respond first and work later, or raise rt in the fragment of the URL.',
  no_response: 'See the message of the receiver.',
};

/** Every alert that a callback can cause. */
export const alerts = {
  internalError: (message: string) =>
    error(
      failureCodes.internal_error,
      `an internal error of the local TaskRouter: ${message}`,
      'See the log of the local TaskRouter, and report the error.',
    ),
  noResponse: (kind: ExchangeFailure, message: string) =>
    error(failureCodes[kind], message, failureRemedies[kind] ?? remedyFor(failureCodes[kind])),
  badStatus: (status: number, expected: string) =>
    error(11200, `status ${status} instead of ${expected}`, statusRemedy(status)),
  contentType: (contentType: string) =>
    error(
      40000,
      `Content-Type ${contentType || 'missing'} instead of application/json`,
      'Respond with an object, not a string: callback(null, { instruction: … }).',
    ),
  notJson: () =>
    warning(
      40001,
      'the body is not a JSON object',
      'Respond with the object itself. The result of JSON.stringify would be encoded twice.',
    ),
  noInstruction: () =>
    warning(
      40005,
      'the JSON has no instruction',
      'Add "instruction", or respond with {} and use the REST API.',
    ),
  unknownInstruction: (instruction: unknown, known: readonly string[]) =>
    error(
      invalidInstruction,
      `unknown instruction ${shown(instruction)}`,
      `Use one of ${known.join(', ')}, in lower case.`,
    ),
  rejectActivityMissing: () =>
    error(
      40100,
      'reject without activity_sid; the Reservation is rejected',
      'Add the activity_sid of an unavailable Activity. Otherwise the Worker may be offered the Task again at once.',
    ),
  badParameter: (instruction: string, { parameter, wanted, missing, code }: InstructionFault) =>
    error(
      // Our choice where no code is documented: the instruction as a whole is invalid.
      code ?? invalidInstruction,
      `${instruction} ${missing ? 'without' : 'with a bad'} ${parameter}; the Reservation stays pending`,
      `Give ${parameter} as ${wanted}.`,
    ),
} as const;

/** Not as JSON: a value can be nested more deeply than JSON.stringify can follow. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'of a list';
  if (typeof value === 'object' && value !== null) return 'of an object';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value);
}

function statusRemedy(status: number): string {
  if (status === 401 || status === 403) return 'Check that both sides have the same auth token and URL.';
  if (status === 404) return 'Check the path of the URL.';
  if (status >= 300 && status < 400) return 'Use the final URL: redirects are not followed.';
  return 'Check the log of the receiver.';
}
