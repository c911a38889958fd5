import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { entryOutcomes } from '../../common/entry-outcome';
import type { Slices } from '../../common/slices';
import { readForm } from '../http/form-body';
import { sendList } from '../http/json';
import type { ApiOptions } from '../http/options';
import { Parameters, parseJson } from '../http/parameters';
import { notFound, Stopping } from '../http/request-errors';
import type { CallbackEntry } from '../inspector/callback-log';
import { compareResponses } from '../inspector/compare-responses';
import { callbackEntryToJson } from '../inspector/entry-json';
import type { Journal } from '../inspector/journal';
import { MaskedCallback } from '../inspector/masked-callback';
import { replayEdits } from '../inspector/replay-edits';
import { InvalidParameter } from '../model/errors';
import { instructionNames } from '../model/instructions';
import { sidPrefix } from '../model/sids';
import type { CallbackOutcome } from '../webhooks/callback-record';
import { callbackKinds, DeliveryStopped } from '../webhooks/transport';
import { queryParameters, readLimit } from './query-parameters';

const callbackOutcomes: readonly CallbackOutcome[] = [
  'delivered',
  'dropped',
  ...instructionNames.map((name) => `instruction:${name}` as const),
  'no_instruction',
  'refused',
  'timed_out',
  'failed',
  'twiml',
  'redirected',
  'withdrawn',
];

/**
 * `/_taskrouter/callbacks`: every callback with its requests and responses. `POST …/{id}/replay` signs and sends one
 * again, with the form fields `url` and `parameters` (a JSON object of strings) in place of its own.
 */
export function addCallbacks(app: FastifyInstance, options: ApiOptions, slices: Slices): void {
  const { journal } = options;
  app.get('/_taskrouter/callbacks', (request, reply) => list(request, reply, journal, slices));
  app.get('/_taskrouter/callbacks/:id', (request) => callbackEntryToJson(findEntry(request, journal)));
  app.post('/_taskrouter/callbacks/:id/replay', (request) => replay(request, options));
}

/**
 * Newest first, filtered by `task_sid`, `worker_sid`, `call_sid`, `kind`, `outcome` (`ok` or `error`), and
 * `callback_outcome`, such as `instruction:accept`, which is the `outcome` of the entry; at most `limit`.
 */
function list(request: FastifyRequest, reply: FastifyReply, { callbacks }: Journal, slices: Slices) {
  const parameters = queryParameters(request);
  const entries = callbacks.list({
    taskSid: parameters.sid('task_sid', sidPrefix.task),
    workerSid: parameters.sid('worker_sid', sidPrefix.worker),
    callSid: parameters.sid('call_sid', sidPrefix.call),
    kind: parameters.oneOf('kind', callbackKinds),
    outcome: parameters.oneOf('outcome', entryOutcomes),
    callbackOutcome: parameters.oneOf('callback_outcome', callbackOutcomes),
    limit: readLimit(parameters),
  });
  return sendList(reply, 'callbacks', entries, callbackEntryToJson, slices);
}

/** @throws ResourceNotFound if the entry does not exist, or no longer exists */
function findEntry(request: FastifyRequest, { callbacks }: Journal): CallbackEntry {
  const { id } = request.params as { id: string };
  const entry = /^\d{1,15}$/.test(id) ? callbacks.find(Number(id)) : undefined;
  if (!entry) throw notFound(request.url);
  return entry;
}

async function replay(request: FastifyRequest, { journal, replays }: ApiOptions): Promise<object> {
  const { callbacks } = journal;
  const original = findEntry(request, journal);
  const record = MaskedCallback.unmasked(original);
  const edits = replayEdits(original, record, readEdits(request));
  try {
    const entry = callbacks.add(await replays.send(record, original.id, edits));
    return { callback: callbackEntryToJson(entry), differences: compareResponses(original, entry) };
  } catch (error) {
    throw error instanceof DeliveryStopped ? new Stopping() : error;
  }
}

function readEdits(request: FastifyRequest) {
  const form = new Parameters(readForm(request));
  const parameters = form.text('parameters');
  return {
    url: form.text('url'),
    parameters: parameters === undefined ? undefined : readStrings(parameters),
  };
}

/** @throws InvalidParameter */
function readStrings(json: string): Readonly<Record<string, string>> {
  const value = parseJson('parameters', json);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && Object.values(value as object).every((text) => typeof text === 'string'))
    return value as Record<string, string>;
  throw InvalidParameter.badJson('parameters', 'it must be an object of strings, such as {"TaskAge":"7"}');
}
