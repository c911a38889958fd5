import type { Worker } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { readExpression } from '../expression-parameter';
import { filtered, type Test, when } from '../filters';
import { formatWorker } from '../formats/worker';
import { readOrdering } from '../order';
import { listRows } from '../paging';
import { taskQueuesNamed } from '../task-queues-named';

const orderingKeys = { DateStatusChanged: (worker: Worker) => worker.dateStatusChanged };

export function listWorkers(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  return listRows(call, {
    table: 'workers',
    key: 'workers',
    filters: [
      'ActivityName',
      'ActivitySid',
      'Available',
      'FriendlyName',
      'TargetWorkersExpression',
      'TaskQueueName',
      'TaskQueueSid',
      'Ordering',
    ],
    order: readOrdering(parameters, orderingKeys),
    rows: filtered(context.view.all('workers', call.row('workspaces').sid), tests(call)),
    format: (worker) => formatWorker(worker, context),
  });
}

function tests(call: ApiRequest): readonly (Test<Worker> | undefined)[] {
  const { parameters, context } = call;
  const { view } = context;
  const activity = (worker: Worker) => view.find('activities', worker.activitySid);
  const queues = taskQueuesNamed(call, parameters.text('TaskQueueName'));
  return [
    when(parameters.sid('ActivitySid', 'WA'), (worker, sid) => worker.activitySid === sid),
    when(parameters.text('ActivityName'), (worker, name) => activity(worker)?.friendlyName === name),
    when(parameters.flag('Available'), (worker, available) => activity(worker)?.available === available),
    when(parameters.text('FriendlyName'), (worker, name) => worker.friendlyName === name),
    when(parameters.sid('TaskQueueSid', 'WQ'), (worker, sid) => view.isInQueue(worker.sid, sid)),
    when(queues, (worker) => queues?.some((sid) => view.isInQueue(worker.sid, sid)) === true),
    when(readExpression(parameters, 'TargetWorkersExpression'), (worker, expression) =>
      expression.evaluate(view.scopeOfWorker(worker)),
    ),
  ];
}

export async function createWorker(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const worker = await call.execute({
    type: 'CreateWorker',
    workspaceSid: call.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    activitySid: parameters.sid('ActivitySid', 'WA'),
    attributes: parameters.attributes('Attributes'),
  });
  return created(formatWorker(worker, call.context), worker.version);
}

export function fetchWorker(call: ApiRequest): ApiResponse {
  const worker = call.row('workers');
  return ok(formatWorker(worker, call.context), worker.version);
}

export async function updateWorker(call: ApiRequest): Promise<ApiResponse> {
  call.requireMatch(call.row('workers'));
  const { parameters } = call;
  const worker = await call.execute({
    type: 'UpdateWorker',
    workspaceSid: call.row('workspaces').sid,
    workerSid: call.row('workers').sid,
    friendlyName: parameters.text('FriendlyName'),
    activitySid: parameters.sid('ActivitySid', 'WA'),
    attributes: parameters.attributes('Attributes'),
    rejectPendingReservations: parameters.boolean('RejectPendingReservations'),
  });
  return ok(formatWorker(worker, call.context), worker.version);
}

export async function deleteWorker(call: ApiRequest): Promise<ApiResponse> {
  call.requireMatch(call.row('workers'));
  await call.execute({
    type: 'DeleteWorker',
    workspaceSid: call.row('workspaces').sid,
    workerSid: call.row('workers').sid,
  });
  return noContent;
}
