import type { FastifyRequest } from 'fastify';
import { parseForm, queryOf } from '../http/form';
import type { ApiOptions } from '../http/options';
import { Parameters } from '../http/parameters';
import type { Journal } from '../inspector/journal';
import { type JournalQuery, journalKinds, journalOutcomes } from '../inspector/journal-query';
import { InvalidParameter, NotBuilt } from '../model/errors';
import { sidPrefix } from '../model/sids';

export function queryParameters(request: FastifyRequest): Parameters {
  return new Parameters(parseForm(queryOf(request.url)));
}

/** At most so many entries; undefined for all. @throws InvalidParameter */
export function limitOf(parameters: Parameters): number | undefined {
  const limit = parameters.integer('limit');
  if (limit !== undefined && limit < 1) throw InvalidParameter.outOfRange('limit', limit, '1 or more');
  return limit;
}

/** @throws NotBuilt where nothing is recorded */
export function journalOf({ journal }: ApiOptions, request: FastifyRequest): Journal {
  if (!journal) throw new NotBuilt(`${request.routeOptions.url} without a journal`);
  return journal;
}

/** @throws InvalidParameter */
export function journalQuery(parameters: Parameters): JournalQuery {
  return {
    taskSid: parameters.sid('task_sid', sidPrefix.task),
    workerSid: parameters.sid('worker_sid', sidPrefix.worker),
    kind: parameters.oneOf('kind', journalKinds),
    outcome: parameters.oneOf('outcome', journalOutcomes),
  };
}
