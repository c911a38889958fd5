import type { FastifyRequest } from 'fastify';
import { entryOutcomes } from '../../common/entry-outcome';
import { parseForm, queryOf } from '../http/form';
import { Parameters } from '../http/parameters';
import { type JournalQuery, journalKinds } from '../inspector/journal-query';
import { InvalidParameter } from '../model/errors';
import { sidPrefix } from '../model/sids';

export function queryParameters(request: FastifyRequest): Parameters {
  return new Parameters(parseForm(queryOf(request.url)));
}

/** The maximum number of entries; undefined for all. @throws InvalidParameter */
export function readLimit(parameters: Parameters): number | undefined {
  const limit = parameters.integer('limit');
  if (limit !== undefined && limit < 1) throw InvalidParameter.outOfRange('limit', limit, '1 or more');
  return limit;
}

/** The filter of requests, callbacks, and the stream. @throws InvalidParameter */
export function readJournalQuery(parameters: Parameters): JournalQuery {
  return {
    taskSid: parameters.sid('task_sid', sidPrefix.task),
    workerSid: parameters.sid('worker_sid', sidPrefix.worker),
    callSid: parameters.sid('call_sid', sidPrefix.call),
    kind: parameters.oneOf('kind', journalKinds),
    outcome: parameters.oneOf('outcome', entryOutcomes),
  };
}
