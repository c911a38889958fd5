import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { View } from '../engine/state/view';
import { explainTask } from '../explain/explain-task';
import { explainWorker } from '../explain/explain-worker';
import { taskExplanationToJson, workerExplanationToJson } from '../explain/explanation-json';
import type { ApiOptions } from '../http/options';
import type { Parameters } from '../http/parameters';
import type { Worker } from '../model/entities';
import { InvalidParameter, ResourceNotFound } from '../model/errors';
import { sidPrefix } from '../model/sids';
import { queryParameters } from './query-parameters';

/**
 * `GET /_taskrouter/explain`: why a task waits (`task_sid`), or why a worker is offered nothing (`worker_sid`, or
 * `worker_name` in any case).
 */
export function addExplain(app: FastifyInstance, options: ApiOptions): void {
  app.get('/_taskrouter/explain', (request) => explain(request, options));
}

/** @throws InvalidParameter, ResourceNotFound */
function explain(request: FastifyRequest, { taskRouter }: ApiOptions): Promise<object> {
  const parameters = queryParameters(request);
  return taskRouter.read((view, now): object => {
    const state = { view, routing: taskRouter.routing, now };
    const taskSid = parameters.sid('task_sid', sidPrefix.task);
    const found = taskSid === undefined ? workerOf(parameters, view) : view.find('tasks', taskSid);
    if (!found) throw new ResourceNotFound(request.url);
    return 'status' in found
      ? taskExplanationToJson(explainTask(state, found))
      : workerExplanationToJson(explainWorker(state, found));
  });
}

/** Undefined if there is no such worker. @throws InvalidParameter without a worker */
function workerOf(parameters: Parameters, view: View): Worker | undefined {
  const sid = parameters.sid('worker_sid', sidPrefix.worker);
  if (sid !== undefined) return view.find('workers', sid);
  const name = parameters.text('worker_name')?.toLowerCase();
  if (name === undefined) throw InvalidParameter.missing('task_sid, worker_sid, or worker_name');
  return [...view.all('workers')].find(({ friendlyName }) => friendlyName.toLowerCase() === name);
}
