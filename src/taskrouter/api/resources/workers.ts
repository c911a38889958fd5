import { readWorkerUpdate } from '../../http/entity-updates';
import { type Test, when } from '../../http/filters';
import { workerTests } from '../../http/worker-filters';
import type { Worker } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatWorker } from '../formats/worker';
import { readOrdering } from '../order';
import { listRows } from '../paging';
import { taskQueuesNamed } from '../task-queues-named';

const orderingKeys = { DateStatusChanged: (worker: Worker) => worker.dateStatusChanged };

export function listWorkers(request: ApiRequest): Promise<ApiResponse> {
  const { parameters, context } = request;
  return listRows(request, {
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
    rows: context.view.all('workers', request.row('workspaces').sid),
    tests: tests(request),
    format: (worker) => request.text(formatWorker, worker),
  });
}

function tests(request: ApiRequest): readonly (Test<Worker> | undefined)[] {
  const { parameters, context } = request;
  const { view } = context;
  const queues = taskQueuesNamed(request, parameters.text('TaskQueueName'));
  const isAvailable = (worker: Worker) => view.find('activities', worker.activitySid)?.available;
  return [
    ...workerTests(parameters, view),
    when(parameters.flag('Available'), (worker, available) => isAvailable(worker) === available),
    when(parameters.sid('TaskQueueSid', 'WQ'), (worker, sid) => view.isInQueue(worker.sid, sid)),
    when(queues, (worker) => queues?.some((sid) => view.isInQueue(worker.sid, sid)) === true),
  ];
}

export async function createWorker(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const worker = await request.execute({
    type: 'CreateWorker',
    workspaceSid: request.row('workspaces').sid,
    friendlyName: parameters.required('FriendlyName'),
    activitySid: parameters.sid('ActivitySid', 'WA'),
    attributes: parameters.attributes('Attributes'),
  });
  return created(formatWorker(worker, request.context), worker.version);
}

export function fetchWorker(request: ApiRequest): ApiResponse {
  const worker = request.row('workers');
  return ok(request.text(formatWorker, worker), worker.version);
}

export async function updateWorker(request: ApiRequest): Promise<ApiResponse> {
  const present = request.row('workers');
  request.requireMatch(present);
  const worker = await request.execute(readWorkerUpdate(request.parameters, present));
  return ok(formatWorker(worker, request.context), worker.version);
}

export async function deleteWorker(request: ApiRequest): Promise<ApiResponse> {
  request.requireMatch(request.row('workers'));
  await request.execute({
    type: 'DeleteWorker',
    workspaceSid: request.row('workspaces').sid,
    workerSid: request.row('workers').sid,
  });
  return noContent;
}
