import { invalidInstruction } from '../model/instructions';
import type { InstructionFault } from '../model/read-instruction';
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

const reachable = 'Check that the receiver runs and that the URL names its host and port.';

/** Code and remedy for a receiver that gave no whole answer; which code goes with what is our choice. */
const failures: Readonly<Record<ExchangeFailure, readonly [code: number, remedy: string]>> = {
  invalid_url: [11100, 'Give the full URL, starting with http:// or https://.'],
  bad_host_name: [11210, 'Check the host name in the URL.'],
  connection_refused: [11202, reachable],
  connection_failed: [11205, reachable],
  connect_timeout: [11205, reachable],
  tls: [
    11220,
    'Give the receiver a certificate that this process trusts (NODE_EXTRA_CA_CERTS), or use http://.',
  ],
  protocol: [11206, 'Let the receiver answer with well-formed, complete HTTP.'],
  too_large: [11750, 'Answer with the instruction alone.'],
  read_timeout: [11200, 'Answer first, work later; or raise rt in the fragment of the URL.'],
  total_timeout: [11203, 'Answer first, work later: an assignment callback has 5 s, an event callback 15 s.'],
  no_answer: [11200, 'See the message of the receiver.'],
};

/** Every alert a callback can cause, in one place. */
export const alerts = {
  unanswered: (kind: ExchangeFailure, message: string) =>
    error(failures[kind][0], message, failures[kind][1]),
  badStatus: (status: number, expected: string) =>
    error(11200, `status ${status} instead of ${expected}`, statusRemedy(status)),
  contentType: (contentType: string) =>
    error(
      40000,
      `Content-Type ${contentType || 'missing'} instead of application/json`,
      'Answer with an object, not with text: callback(null, { instruction: … }).',
    ),
  notJson: () =>
    warning(
      40001,
      'the body is not a JSON object',
      'Answer with the object itself; a text made with JSON.stringify is encoded twice.',
    ),
  noInstruction: () =>
    warning(
      40005,
      'the JSON has no instruction',
      'Add "instruction", or answer {} to decide over the REST API.',
    ),
  unknownInstruction: (instruction: unknown, known: readonly string[]) =>
    error(
      invalidInstruction,
      `unknown instruction ${JSON.stringify(instruction)?.slice(0, 80)}`,
      `Use one of ${known.join(', ')}, in lower case.`,
    ),
  rejectActivityMissing: () =>
    error(
      40100,
      'reject without activity_sid; rejected all the same',
      'Add the activity_sid of an unavailable Activity, else the Worker may be offered the Task again at once.',
    ),
  badParameter: (instruction: string, { parameter, wanted, missing, code }: InstructionFault) =>
    error(
      // Our choice where no code is documented: the instruction as a whole is invalid.
      code ?? invalidInstruction,
      `${instruction} ${missing ? 'without' : 'with a bad'} ${parameter}; the Reservation stays pending`,
      `Give ${parameter} as ${wanted}.`,
    ),
} as const;

function statusRemedy(status: number): string {
  if (status === 401 || status === 403) return 'Check that both sides have the same auth token and URL.';
  if (status === 404) return 'Check the path of the URL.';
  if (status >= 300 && status < 400) return 'Give the final URL: redirects are not followed.';
  return 'See the log of the receiver.';
}
