import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiOptions } from '../http/options';
import { matchesJournal } from '../inspector/journal-query';
import { NotBuilt } from '../model/errors';
import { addAlerts } from './alerts';
import { addCallbacks } from './callbacks';
import { addClockControl } from './clock-control';
import { journalOf, journalQuery, limitOf, queryParameters } from './query-parameters';
import { readState } from './state';
import { addStream } from './stream';

/**
 * What Twilio has no API for: looking at this service and putting it back. Same credentials as the REST API; the
 * inspector's own page needs none on this computer (inspector-access.ts).
 */
export function addControl(app: FastifyInstance, options: ApiOptions): void {
  app.get('/_taskrouter/state', () => readState(options));
  app.get('/_taskrouter/requests', (request) => requests(request, options));
  app.post('/_taskrouter/reset', () => reset(options));
  addCallbacks(app, options);
  addAlerts(app, options);
  addClockControl(app, options.taskRouter);
  addStream(app, options);
}

/** `task_sid`, `worker_sid`, `kind`, `outcome` and `limit` narrow it down; newest first. */
function requests(request: FastifyRequest, options: ApiOptions): object {
  const parameters = queryParameters(request);
  const query = journalQuery(parameters);
  const journal = journalOf(options, request);
  const found = journal.since(0).filter((one) => one.type === 'request' && matchesJournal(one, query));
  const newest = found.reverse().slice(0, limitOf(parameters));
  return { requests: newest.map((one) => journal.toJson(one)) };
}

async function reset(options: ApiOptions): Promise<object> {
  if (!options.onReset)
    throw new NotBuilt('/_taskrouter/reset for a service that was not started from a workspace file');
  await options.onReset();
  return readState(options);
}
