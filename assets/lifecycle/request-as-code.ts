import { shellQuote } from '../design/shell-quote';
import type { FunctionName, Parameters } from './function-client';

/** A call of a Function, as a button makes it. */
export interface FunctionRequest {
  readonly name: FunctionName;
  readonly parameters: Parameters;
}

/**
 * The call for a shell. The password is not in it: it is taken from the variables that `npx taskrouter env --export`
 * sets, and that the Functions have themselves.
 * @param origin where the Functions are, without credentials
 */
export function asCurl(origin: string, { name, parameters }: FunctionRequest): string {
  const lines = [
    `curl -X POST ${shellQuote(`${origin}/${name}`)}`,
    '-u "$OPERATOR_USERNAME:$OPERATOR_PASSWORD"',
    ...Object.entries(parameters).map(([key, value]) => `--data-urlencode ${shellQuote(`${key}=${value}`)}`),
  ];
  return lines.join(' \\\n  ');
}

/** The same change without the Function: the official client, as a whole program. */
export function asSdkCode(call: FunctionRequest): string {
  return [
    "const { env } = require('node:process');",
    "const client = require('twilio')(env.TWILIO_ACCOUNT_SID, env.TWILIO_AUTH_TOKEN);",
    '// Only where a local TaskRouter stands in for Twilio’s.',
    'if (env.TASKROUTER_BASE_URL) client.taskrouter.baseUrl = env.TASKROUTER_BASE_URL;',
    'const workspace = client.taskrouter.v1.workspaces(env.WORKSPACE_SID);',
    `workspace${changeOf(call)}.then(console.log);`,
  ].join('\n');
}

function changeOf({ name, parameters }: FunctionRequest): string {
  const { attributes, activity, worker = '', reason } = parameters;
  switch (name) {
    case 'create-task':
      return `.tasks.create(${options({ attributes }, 'workflowSid: env.WORKFLOW_SID')})`;
    case 'accept-reservation':
      return reply(parameters, { reservationStatus: 'accepted' });
    case 'reject-reservation':
      return reply(parameters, { reservationStatus: 'rejected', workerActivitySid: activity });
    case 'set-worker-activity':
      return `.workers(${text(worker)}).update(${options({ activitySid: activity })})`;
    case 'wrap-up-task':
      return move(parameters, { assignmentStatus: 'wrapping', reason });
    case 'complete-task':
      return move(parameters, { assignmentStatus: 'completed', reason });
    case 'cancel-task':
      return move(parameters, { assignmentStatus: 'canceled', reason });
    case 'lifecycle':
      return '.tasks.list()';
  }
}

type Options = Readonly<Record<string, string | undefined>>;

function reply({ task_sid = '', reservation_sid }: Parameters, change: Options): string {
  const sid = reservation_sid === undefined ? 'env.RESERVATION_SID' : text(reservation_sid);
  return `.tasks(${text(task_sid)}).reservations(${sid}).update(${options(change)})`;
}

function move({ task_sid = '' }: Parameters, change: Options): string {
  return `.tasks(${text(task_sid)}).update(${options(change)})`;
}

function options(given: Options, ...more: string[]): string {
  const pairs = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${text(value)}`],
  );
  return `{ ${[...pairs, ...more].join(', ')} }`;
}

/** JSON is JavaScript, whatever is in the text. */
function text(value: string): string {
  return JSON.stringify(value);
}
