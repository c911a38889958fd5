import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseForm } from '../http/form';
import type { ApiOptions } from '../http/options';
import { Parameters } from '../http/parameters';
import { notFound, Stopping } from '../http/refusals';
import type { CallbackEntry } from '../inspector/callback-log';
import { compareResponses } from '../inspector/compare-responses';
import { callbackEntryToJson } from '../inspector/entry-json';
import type { Journal } from '../inspector/journal';
import { replayEdits } from '../inspector/replay-edits';
import { InvalidParameter, NotBuilt } from '../model/errors';
import { instructionNames } from '../model/instructions';
import { sidPrefix } from '../model/sids';
import type { CallbackOutcome } from '../webhooks/callback-record';
import { DeliveryStopped } from '../webhooks/transport';
import { journalOf, limitOf, queryParameters } from './query-parameters';

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

/**
 * `/_taskrouter/callbacks`: what every callback was sent and answered. `POST …/{id}/replay` sends one again, signed
 * afresh, with the form fields `url` and `parameters` (a JSON object of texts) in place of its own.
 */
export function addCallbacks(app: FastifyInstance, options: ApiOptions): void {
  app.get('/_taskrouter/callbacks', (request) => list(request, options));
  app.get('/_taskrouter/callbacks/:id', (request) =>
    callbackEntryToJson(entryOf(request, journalOf(options, request))),
  );
  app.post('/_taskrouter/callbacks/:id/replay', (request) => replay(request, options));
}

/** `task_sid`, `worker_sid`, `kind`, `outcome` and `limit` narrow it down; newest first. */
function list(request: FastifyRequest, options: ApiOptions): object {
  const parameters = queryParameters(request);
  const entries = journalOf(options, request).callbacks.list({
    taskSid: parameters.sid('task_sid', sidPrefix.task),
    workerSid: parameters.sid('worker_sid', sidPrefix.worker),
    kind: parameters.oneOf('kind', kinds),
    outcome: parameters.oneOf('outcome', outcomes),
    limit: limitOf(parameters),
  });
  return { callbacks: entries.map(callbackEntryToJson) };
}

/** @throws ResourceNotFound for what never was, or is no longer kept */
function entryOf(request: FastifyRequest, { callbacks }: Journal): CallbackEntry {
  const { id } = request.params as { id: string };
  const entry = /^\d{1,15}$/.test(id) ? callbacks.find(Number(id)) : undefined;
  if (!entry) throw notFound(request.url);
  return entry;
}

async function replay(request: FastifyRequest, options: ApiOptions): Promise<object> {
  const { callbacks } = journalOf(options, request);
  const { replays } = options;
  const original = entryOf(request, journalOf(options, request));
  const record = callbacks.recordOf(original);
  if (!replays || !record) throw new NotBuilt('A replay without anything that sends callbacks');
  const edits = replayEdits(original, record, wantedEdits(request));
  try {
    const entry = callbacks.add(await replays.send(record, original.id, edits));
    return { callback: callbackEntryToJson(entry), differences: compareResponses(original, entry) };
  } catch (error) {
    throw error instanceof DeliveryStopped ? new Stopping() : error;
  }
}

function wantedEdits({ body }: FastifyRequest) {
  const form = new Parameters(parseForm(typeof body === 'string' ? body : ''));
  const parameters = form.text('parameters');
  return { url: form.text('url'), parameters: parameters === undefined ? undefined : textsOf(parameters) };
}

/** @throws InvalidParameter */
function textsOf(json: string): Readonly<Record<string, string>> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw InvalidParameter.badJson('parameters', error instanceof Error ? error.message : '');
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && Object.values(value as object).every((text) => typeof text === 'string'))
    return value as Record<string, string>;
  throw InvalidParameter.badJson('parameters', 'it must be an object of texts, such as {"TaskAge":"7"}');
}
