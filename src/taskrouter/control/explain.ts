import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PastOffer } from '../engine/state/recent-offers';
import type { View } from '../engine/state/view';
import { explainReservation } from '../explain/explain-reservation';
import { explainTask } from '../explain/explain-task';
import { explainWorker } from '../explain/explain-worker';
import type { ExplainedState } from '../explain/explained-state';
import {
  reservationExplanationToJson,
  taskExplanationToJson,
  workerExplanationToJson,
} from '../explain/explanation-json';
import { findWorker } from '../http/find-worker';
import type { ApiOptions } from '../http/options';
import type { Parameters } from '../http/parameters';
import type { Worker } from '../model/entities';
import { InvalidParameter, OfferNotRecorded, ResourceNotFound } from '../model/errors';
import { sidPrefix } from '../model/sids';
import { queryParameters } from './query-parameters';

/**
 * `GET /_taskrouter/explain`: why a task waits (`task_sid`), why a worker is offered nothing (`worker_sid`, or
 * `worker_name` in any case), or why a reservation went to its worker (`reservation_sid`).
 */
export function addExplain(app: FastifyInstance, options: ApiOptions): void {
  app.get('/_taskrouter/explain', (request) => explain(request, options));
}

/** @throws InvalidParameter, ResourceNotFound, OfferNotRecorded */
function explain(request: FastifyRequest, { taskRouter }: ApiOptions): Promise<object> {
  const parameters = queryParameters(request);
  return taskRouter.read((view, now): object => {
    const state = { view, routing: taskRouter.routing, now };
    const reservationSid = parameters.sid('reservation_sid', sidPrefix.reservation);
    if (reservationSid !== undefined)
      return reservation(state, taskRouter.pastOffer(reservationSid), reservationSid);
    const taskSid = parameters.sid('task_sid', sidPrefix.task);
    const found = taskSid === undefined ? workerOf(parameters, view) : view.find('tasks', taskSid);
    if (!found) throw new ResourceNotFound(request.url);
    return 'status' in found
      ? taskExplanationToJson(explainTask(state, found))
      : workerExplanationToJson(explainWorker(state, found));
  });
}

function reservation(state: ExplainedState, offer: PastOffer | null, sid: string): object {
  if (!offer) throw new OfferNotRecorded(sid);
  return reservationExplanationToJson(explainReservation(state, offer, sid));
}

/** Undefined if there is no such worker. @throws InvalidParameter without a worker */
function workerOf(parameters: Parameters, view: View): Worker | undefined {
  const sid = parameters.sid('worker_sid', sidPrefix.worker);
  if (sid !== undefined) return view.find('workers', sid);
  const name = parameters.text('worker_name');
  if (name === undefined)
    throw InvalidParameter.missing('task_sid, worker_sid, worker_name, or reservation_sid');
  return findWorker(view, name);
}
