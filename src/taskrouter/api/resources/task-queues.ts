import { scopeOf } from '../../../language/expression';
import { when } from '../../http/filters';
import type { TaskQueue } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatTaskQueue } from '../formats/task-queue';
import { readOrdering } from '../order';
import { listRows } from '../paging';

const taskOrders = ['FIFO', 'LIFO'] as const;
const orderingKeys = { DateUpdated: (queue: TaskQueue) => queue.dateUpdated };

export function listTaskQueues(request: ApiRequest): Promise<ApiResponse> {
  const { parameters, context } = request;
  const { view } = context;
  return listRows(request, {
    table: 'taskQueues',
    key: 'task_queues',
    filters: ['FriendlyName', 'EvaluateWorkerAttributes', 'WorkerSid', 'Ordering'],
    order: readOrdering(parameters, orderingKeys),
    rows: view.all('taskQueues', request.row('workspaces').sid),
    tests: [
      when(parameters.text('FriendlyName'), (queue: TaskQueue, name) => queue.friendlyName === name),
      when(parameters.attributes('EvaluateWorkerAttributes'), (queue: TaskQueue, { value }) =>
        view.isAcceptedBy(queue.sid, scopeOf(value)),
      ),
      when(parameters.sid('WorkerSid', 'WK'), (queue: TaskQueue, workerSid) =>
        view.isInQueue(workerSid, queue.sid),
      ),
    ],
    format: (queue) => request.text(formatTaskQueue, queue),
  });
}

export async function createTaskQueue(request: ApiRequest): Promise<ApiResponse> {
  const queue = await request.execute({
    type: 'CreateTaskQueue',
    workspaceSid: request.row('workspaces').sid,
    friendlyName: request.parameters.required('FriendlyName'),
    ...settings(request),
  });
  return created(formatTaskQueue(queue, request.context));
}

export function fetchTaskQueue(request: ApiRequest): ApiResponse {
  return ok(request.text(formatTaskQueue, request.row('taskQueues')));
}

export async function updateTaskQueue(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const { reservationActivitySid, assignmentActivitySid, ...others } = settings(request);
  const queue = await request.execute({
    type: 'UpdateTaskQueue',
    workspaceSid: request.row('workspaces').sid,
    taskQueueSid: request.row('taskQueues').sid,
    friendlyName: parameters.text('FriendlyName'),
    ...others,
    reservationActivitySid: reservationActivitySid ?? parameters.cleared('ReservationActivitySid'),
    assignmentActivitySid: assignmentActivitySid ?? parameters.cleared('AssignmentActivitySid'),
  });
  return ok(formatTaskQueue(queue, request.context));
}

export async function deleteTaskQueue(request: ApiRequest): Promise<ApiResponse> {
  await request.execute({
    type: 'DeleteTaskQueue',
    workspaceSid: request.row('workspaces').sid,
    taskQueueSid: request.row('taskQueues').sid,
  });
  return noContent;
}

function settings({ parameters }: ApiRequest) {
  return {
    // Empty has a meaning of its own, on creation too: no worker matches (documented).
    targetWorkers: parameters.text('TargetWorkers') ?? parameters.cleared('TargetWorkers'),
    maxReservedWorkers: parameters.integer('MaxReservedWorkers'),
    taskOrder: parameters.oneOf('TaskOrder', taskOrders),
    reservationActivitySid: parameters.sid('ReservationActivitySid', 'WA'),
    assignmentActivitySid: parameters.sid('AssignmentActivitySid', 'WA'),
  };
}
