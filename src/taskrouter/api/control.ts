import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callbackEntryToJson } from '../inspector/callback-entry-to-json';
import { tableNames } from '../model/entities';
import { InvalidParameter, NotBuilt } from '../model/errors';
import { instructionNames } from '../model/instructions';
import { sidPrefix } from '../model/sids';
import type { CallbackOutcome } from '../webhooks/callback-record';
import { addClockControl } from './clock-control';
import { formatDate } from './dates';
import { parseForm, queryOf } from './form';
import type { ApiOptions } from './options';
import { Parameters } from './params';

const kinds = ['assignment', 'event'] as const;
const outcomes: readonly CallbackOutcome[] = [
  'delivered',
  'dropped',
  ...instructionNames.map((name) => `instruction:${name}` as const),
  'no_instruction',
  'refused',
  'timed_out',
  'failed',
  'withdrawn',
];

/** What Twilio has no API for: looking at this service and putting it back. Same credentials as the REST API. */
export function addControl(app: FastifyInstance, options: ApiOptions): void {
  app.get('/_taskrouter/state', () => state(options));
  app.get('/_taskrouter/callbacks', (request) => callbacks(request, options));
  app.post('/_taskrouter/reset', () => reset(options));
  addClockControl(app, options.taskRouter);
}

function state({ taskRouter, account }: ApiOptions): Promise<object> {
  return taskRouter.read((view, now) => {
    const counts: Record<string, number> = {};
    for (const table of tableNames) counts[snakeCase(table)] = countOf(view.all(table));
    return { account_sid: account.sid, date: formatDate(now), date_ms: now, counts };
  });
}

/** `task_sid`, `worker_sid`, `kind`, `outcome` and `limit` narrow it down; newest first. */
function callbacks(request: FastifyRequest, { callbackLog }: ApiOptions): object {
  const parameters = new Parameters(parseForm(queryOf(request.url)));
  const limit = parameters.integer('limit');
  if (limit !== undefined && limit < 1) throw InvalidParameter.outOfRange('limit', limit, '1 or more');
  if (!callbackLog) throw new NotBuilt('/_taskrouter/callbacks without a log of callbacks');
  const entries = callbackLog.list({
    taskSid: parameters.sid('task_sid', sidPrefix.task),
    workerSid: parameters.sid('worker_sid', sidPrefix.worker),
    kind: parameters.oneOf('kind', kinds),
    outcome: parameters.oneOf('outcome', outcomes),
    ...(limit !== undefined && { limit }),
  });
  return { callbacks: entries.map(callbackEntryToJson) };
}

async function reset(options: ApiOptions): Promise<object> {
  if (!options.onReset)
    throw new NotBuilt('/_taskrouter/reset for a service that was not started from a workspace file');
  await options.onReset();
  return state(options);
}

function countOf(rows: Iterable<unknown>): number {
  let count = 0;
  for (const _row of rows) count += 1;
  return count;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
