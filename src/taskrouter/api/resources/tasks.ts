import { scopeOf } from '../../../language/expression';
import { readTaskUpdate } from '../../http/entity-updates';
import { readExpression, type Test, when } from '../../http/filters';
import { readRoutingTarget } from '../../http/routing-target';
import type { Task } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import { taskStatuses } from '../../model/statuses';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { formatCreatedTask, formatTask } from '../formats/task';
import { byCreation, type Order, readOrdering } from '../order';
import { listRows } from '../paging';
import { taskQueuesNamed } from '../task-queues-named';

const orderingKeys = {
  DateCreated: (task: Task) => task.dateCreated,
  Priority: (task: Task) => task.priority,
  VirtualStartTime: (task: Task) => task.virtualStartTime,
};

export function listTasks(request: ApiRequest): Promise<ApiResponse> {
  const { context } = request;
  return listRows(request, {
    table: 'tasks',
    key: 'tasks',
    filters: [
      'Priority',
      'AssignmentStatus',
      'WorkflowSid',
      'WorkflowName',
      'TaskQueueSid',
      'TaskQueueName',
      'EvaluateTaskAttributes',
      'RoutingTarget',
      'Ordering',
      'HasAddons',
    ],
    order: ordering(request),
    rows: context.view.all('tasks', request.row('workspaces').sid),
    tests: tests(request),
    format: (task) => request.text(formatTask, task),
  });
}

/** Ordering by both dates is documented as not allowed: https://www.twilio.com/docs/taskrouter/api/task */
function ordering({ parameters }: ApiRequest): Order<Task> {
  if (!parameters.has('Ordering')) return byCreation;
  const order = readOrdering(parameters, orderingKeys);
  if (order.name.includes('DateCreated') && order.name.includes('VirtualStartTime')) {
    throw new InvalidParameter('Ordering takes DateCreated or VirtualStartTime, not both');
  }
  return order;
}

function tests(request: ApiRequest): readonly (Test<Task> | undefined)[] {
  const { parameters, context } = request;
  const { view } = context;
  return [
    when(parameters.integer('Priority'), (task, priority) => task.priority === priority),
    when(parameters.someOf('AssignmentStatus', taskStatuses), (task, statuses) =>
      statuses.includes(task.status),
    ),
    when(parameters.sid('WorkflowSid', 'WW'), (task, sid) => task.workflowSid === sid),
    when(
      parameters.text('WorkflowName'),
      (task, name) => view.find('workflows', task.workflowSid)?.friendlyName === name,
    ),
    when(parameters.sid('TaskQueueSid', 'WQ'), (task, sid) => task.taskQueueSid === sid),
    when(taskQueuesNamed(request, parameters.text('TaskQueueName')), (task, sids) =>
      sids.includes(task.taskQueueSid),
    ),
    when(readExpression(parameters, 'EvaluateTaskAttributes'), (task, expression) =>
      expression.evaluate(scopeOf(task.attributes.value)),
    ),
    when(parameters.text('RoutingTarget'), (task, target) => task.routingTarget === target),
    // Add-ons are not supported.
    when(parameters.boolean('HasAddons'), (_task, hasAddons) => !hasAddons),
  ];
}

export async function createTask(request: ApiRequest): Promise<ApiResponse> {
  const { parameters } = request;
  const task = await request.execute({
    type: 'CreateTask',
    workspaceSid: request.row('workspaces').sid,
    workflowSid: parameters.sid('WorkflowSid', 'WW'),
    attributes: parameters.attributes('Attributes'),
    priority: parameters.integer('Priority'),
    timeoutSeconds: parameters.integer('Timeout'),
    taskChannel: parameters.text('TaskChannel'),
    virtualStartTime: parameters.date('VirtualStartTime'),
    routingTarget: readRoutingTarget(parameters, request.row('workspaces'), request.context.accountSid),
    ignoreCapacity: parameters.flag('IgnoreCapacity'),
    taskQueueSid: parameters.sid('TaskQueueSid', 'WQ'),
  });
  return created(formatCreatedTask(task, request.context), task.version);
}

export function fetchTask(request: ApiRequest): ApiResponse {
  const task = request.row('tasks');
  return ok(request.text(formatTask, task), task.version);
}

export async function updateTask(request: ApiRequest): Promise<ApiResponse> {
  const present = request.row('tasks');
  request.requireMatch(present);
  const task = await request.execute(readTaskUpdate(request.parameters, present));
  return ok(formatTask(task, request.context), task.version);
}

export async function deleteTask(request: ApiRequest): Promise<ApiResponse> {
  request.requireMatch(request.row('tasks'));
  await request.execute({
    type: 'DeleteTask',
    workspaceSid: request.row('workspaces').sid,
    taskSid: request.row('tasks').sid,
  });
  return noContent;
}
