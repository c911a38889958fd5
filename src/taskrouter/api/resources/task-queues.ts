import { compileExpression, scopeOf } from '../../../language/expression';
import type { Attributes, TaskQueue } from '../../model/entities';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { filtered, when } from '../filters';
import { formatTaskQueue } from '../formats/task-queue';
import { readOrdering } from '../order';
import { listRows } from '../paging';

const taskOrders = ['FIFO', 'LIFO'] as const;
const orderingKeys = { DateUpdated: (queue: TaskQueue) => queue.dateUpdated };

export function listTaskQueues(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  const { view } = context;
  return listRows(call, {
    table: 'taskQueues',
    key: 'task_queues',
    filters: ['FriendlyName', 'EvaluateWorkerAttributes', 'WorkerSid', 'Ordering'],
    order: readOrdering(parameters, orderingKeys),
    rows: filtered(view.all('taskQueues', call.row('workspaces').sid), [
      when(parameters.text('FriendlyName'), (queue, name) => queue.friendlyName === name),
      when(parameters.attributes('EvaluateWorkerAttributes'), accepts),
      when(parameters.sid('WorkerSid', 'WK'), (queue, workerSid) => view.isInQueue(workerSid, queue.sid)),
    ]),
    format: (queue) => formatTaskQueue(queue, context),
  });
}

/** Whether a worker with these attributes, were there one, would be in the queue. */
function accepts(queue: TaskQueue, attributes: Attributes): boolean {
  return !!queue.targetWorkers && compileExpression(queue.targetWorkers).evaluate(scopeOf(attributes.value));
}

export async function createTaskQueue(call: ApiRequest): Promise<ApiResponse> {
  const queue = await call.execute({
    type: 'CreateTaskQueue',
    workspaceSid: call.row('workspaces').sid,
    friendlyName: call.parameters.required('FriendlyName'),
    ...settings(call),
  });
  return created(formatTaskQueue(queue, call.context));
}

export function fetchTaskQueue(call: ApiRequest): ApiResponse {
  return ok(formatTaskQueue(call.row('taskQueues'), call.context));
}

export async function updateTaskQueue(call: ApiRequest): Promise<ApiResponse> {
  const queue = await call.execute({
    type: 'UpdateTaskQueue',
    workspaceSid: call.row('workspaces').sid,
    taskQueueSid: call.row('taskQueues').sid,
    friendlyName: call.parameters.text('FriendlyName'),
    ...settings(call),
  });
  return ok(formatTaskQueue(queue, call.context));
}

export async function deleteTaskQueue(call: ApiRequest): Promise<ApiResponse> {
  await call.execute({
    type: 'DeleteTaskQueue',
    workspaceSid: call.row('workspaces').sid,
    taskQueueSid: call.row('taskQueues').sid,
  });
  return noContent;
}

function settings({ parameters }: ApiRequest) {
  return {
    targetWorkers: parameters.text('TargetWorkers'),
    maxReservedWorkers: parameters.integer('MaxReservedWorkers'),
    taskOrder: parameters.oneOf('TaskOrder', taskOrders),
    reservationActivitySid: parameters.sid('ReservationActivitySid', 'WA'),
    assignmentActivitySid: parameters.sid('AssignmentActivitySid', 'WA'),
  };
}
