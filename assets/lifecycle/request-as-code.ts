import { shellQuote } from '../design/shell-quote';
import type { ActionName, Parameters } from './function-client';

/** A request to a Function, as a button sends it. */
export interface FunctionRequest {
  readonly name: ActionName;
  readonly parameters: Parameters;
}

/**
 * The request as a curl command. It reads the password from the variables that `npx taskrouter env --export` sets and
 * that the Functions use themselves.
 * @param origin of the Functions, without credentials
 */
export function asCurl(origin: string, { name, parameters }: FunctionRequest): string {
  const lines = [
    `curl -X POST ${shellQuote(`${origin}/${name}`)}`,
    '-u "$OPERATOR_USERNAME:$OPERATOR_PASSWORD"',
    ...Object.entries(parameters).map(([key, value]) => `--data-urlencode ${shellQuote(`${key}=${value}`)}`),
  ];
  return lines.join(' \\\n  ');
}

/** The same change without the Function, as a program that uses Twilio’s SDK. */
export function asSdkCode(request: FunctionRequest): string {
  return [
    "const { env } = require('node:process');",
    "const client = require('twilio')(env.TWILIO_ACCOUNT_SID, env.TWILIO_AUTH_TOKEN);",
    '// Only for a local TaskRouter.',
    'if (env.TASKROUTER_BASE_URL) client.taskrouter.baseUrl = env.TASKROUTER_BASE_URL;',
    'const workspace = client.taskrouter.v1.workspaces(env.WORKSPACE_SID);',
    `workspace${updateOf(request)}.then(console.log);`,
  ].join('\n');
}

function updateOf({ name, parameters }: FunctionRequest): string {
  const { attributes, activity, worker = '', reason } = parameters;
  switch (name) {
    case 'create-task':
      return `.tasks.create(${options({ attributes }, 'workflowSid: env.WORKFLOW_SID')})`;
    case 'accept-reservation':
      return updateReservation(parameters, { reservationStatus: 'accepted' });
    case 'reject-reservation':
      return updateReservation(parameters, { reservationStatus: 'rejected', workerActivitySid: activity });
    case 'set-worker-activity':
      return `.workers(${literal(worker)}).update(${options({ activitySid: activity })})`;
    case 'wrap-up-task':
      return updateTask(parameters, { assignmentStatus: 'wrapping', reason });
    case 'complete-task':
      return updateTask(parameters, { assignmentStatus: 'completed', reason });
    case 'cancel-task':
      return updateTask(parameters, { assignmentStatus: 'canceled', reason });
  }
}

type Options = Readonly<Record<string, string | undefined>>;

function updateReservation({ task_sid = '', reservation_sid }: Parameters, changes: Options): string {
  const sid = reservation_sid === undefined ? 'env.RESERVATION_SID' : literal(reservation_sid);
  return `.tasks(${literal(task_sid)}).reservations(${sid}).update(${options(changes)})`;
}

function updateTask({ task_sid = '' }: Parameters, changes: Options): string {
  return `.tasks(${literal(task_sid)}).update(${options(changes)})`;
}

function options(given: Options, ...more: string[]): string {
  const pairs = Object.entries(given).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${literal(value)}`],
  );
  return `{ ${[...pairs, ...more].join(', ')} }`;
}

/** A JavaScript string literal. Any JSON is valid JavaScript. */
function literal(value: string): string {
  return JSON.stringify(value);
}
