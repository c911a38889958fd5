import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Slices } from '../../common/slices';
import { sendList } from '../http/json';
import type { ApiOptions } from '../http/options';
import type { Journal, JournalEntry } from '../inspector/journal';
import { type JournalQuery, matchesJournal } from '../inspector/journal-query';
import { NotBuilt } from '../model/errors';
import { addAlerts } from './alerts';
import { addCallbacks } from './callbacks';
import { addCalls } from './calls';
import { addClockControl } from './clock-control';
import { addDoctor } from './doctor';
import { addExplain } from './explain';
import { addMetrics } from './metrics';
import { queryParameters, readJournalQuery, readLimit } from './query-parameters';
import { addSnapshot } from './snapshot';
import { readState } from './state';
import { addStream } from './stream';
import { addTokens } from './tokens';

/**
 * The control API, `/_taskrouter/`: state, requests, callbacks, alerts, clock,
 * calls, explanations, findings, stream, snapshots, and reset. It takes the credentials
 * of the REST API; the inspector page needs none on this computer (inspector-access.ts).
 */
export function addControl(app: FastifyInstance, options: ApiOptions): void {
  const slices = new Slices();
  app.get('/_taskrouter/state', () => readState(options));
  app.get('/_taskrouter/requests', (request, reply) => listRequests(request, reply, options.journal, slices));
  app.post('/_taskrouter/reset', () => reset(options));
  addCallbacks(app, options, slices);
  addAlerts(app, options, slices);
  addClockControl(app, options.taskRouter);
  addExplain(app, options);
  addTokens(app, options);
  addDoctor(app, options);
  addStream(app, options);
  if (options.phone) addCalls(app, options.phone);
  if (options.snapshots) addSnapshot(app, options.snapshots);
  if (options.metrics) addMetrics(app, options.metrics);
}

/** Newest first, filtered by `task_sid`, `worker_sid`, `kind`, and `outcome` (`ok` or `error`); at most `limit`. */
async function listRequests(
  request: FastifyRequest,
  reply: FastifyReply,
  journal: Journal,
  slices: Slices,
): Promise<FastifyReply> {
  const parameters = queryParameters(request);
  const newest = await slices.run(
    newestMatching(journal, readJournalQuery(parameters), readLimit(parameters) ?? Number.POSITIVE_INFINITY),
  );
  return sendList(reply, 'requests', newest, (one) => journal.toJson(one), slices);
}

/** In steps, because the task and the worker of a request are read from its response. */
function* newestMatching(
  journal: Journal,
  query: JournalQuery,
  limit: number,
): Generator<void, JournalEntry[]> {
  const found: JournalEntry[] = [];
  for (const entry of journal.requests.since(0).reverse()) {
    if (found.length >= limit) break;
    const one = { type: 'request', entry } as const;
    if (matchesJournal(one, query)) found.push(one);
    yield;
  }
  return found;
}

async function reset(options: ApiOptions): Promise<object> {
  if (!options.onReset) throw new NotBuilt('Resetting a service that was not started from a workspace file');
  await options.onReset();
  return readState(options);
}
