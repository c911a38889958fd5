import { scopeOf } from '../../../language/expression';
import type { Task } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import { isSid } from '../../model/sids';
import { taskStatuses } from '../../model/statuses';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { readExpression } from '../expression-parameter';
import { filtered, type Test, when } from '../filters';
import { formatCreatedTask, formatTask } from '../formats/task';
import { byCreation, type Order, readOrdering } from '../order';
import { listRows } from '../paging';
import { taskQueuesNamed } from '../task-queues-named';

const orderingKeys = {
  DateCreated: (task: Task) => task.dateCreated,
  Priority: (task: Task) => task.priority,
  VirtualStartTime: (task: Task) => task.virtualStartTime,
};

export function listTasks(call: ApiRequest): ApiResponse {
  const { context } = call;
  return listRows(call, {
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
    order: ordering(call),
    rows: filtered(context.view.all('tasks', call.row('workspaces').sid), tests(call)),
    format: (task) => formatTask(task, context),
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

function tests(call: ApiRequest): readonly (Test<Task> | undefined)[] {
  const { parameters, context } = call;
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
    when(taskQueuesNamed(call, parameters.text('TaskQueueName')), (task, sids) =>
      sids.includes(task.taskQueueSid),
    ),
    when(readExpression(parameters, 'EvaluateTaskAttributes'), (task, expression) =>
      expression.evaluate(scopeOf(task.attributes.value)),
    ),
    when(parameters.text('RoutingTarget'), (task, target) => task.routingTarget === target),
    // No task has add-ons here.
    when(parameters.boolean('HasAddons'), (_task, hasAddons) => !hasAddons),
  ];
}

export async function createTask(call: ApiRequest): Promise<ApiResponse> {
  const { parameters } = call;
  const task = await call.execute({
    type: 'CreateTask',
    workspaceSid: call.row('workspaces').sid,
    workflowSid: parameters.sid('WorkflowSid', 'WW'),
    attributes: parameters.attributes('Attributes'),
    priority: parameters.integer('Priority'),
    timeoutSeconds: parameters.integer('Timeout'),
    taskChannel: parameters.text('TaskChannel'),
    virtualStartTime: parameters.date('VirtualStartTime'),
    routingTarget: routingTarget(call),
    ignoreCapacity: parameters.flag('IgnoreCapacity'),
    taskQueueSid: parameters.sid('TaskQueueSid', 'WQ'),
  });
  return created(formatCreatedTask(task, call.context), task.version);
}

function routingTarget(call: ApiRequest): string | undefined {
  const target = call.parameters.text('RoutingTarget');
  if (target === undefined || ['WK', 'WQ', 'WW'].some((prefix) => isSid(prefix, target))) return target;
  // A known text; it says WorkflowSid whatever was meant.
  throw new InvalidParameter(
    `Value '${target}' provided for WorkflowSid as RoutingTarget has an invalid format. WorkspaceSid: ${
      call.row('workspaces').sid
    }, AccountSid: ${call.context.accountSid}`,
  );
}

export function fetchTask(call: ApiRequest): ApiResponse {
  const task = call.row('tasks');
  return ok(formatTask(task, call.context), task.version);
}

export async function updateTask(call: ApiRequest): Promise<ApiResponse> {
  call.requireMatch(call.row('tasks'));
  const { parameters } = call;
  const task = await call.execute({
    type: 'UpdateTask',
    workspaceSid: call.row('workspaces').sid,
    taskSid: call.row('tasks').sid,
    attributes: parameters.attributes('Attributes'),
    assignmentStatus: parameters.oneOf('AssignmentStatus', taskStatuses),
    reason: parameters.text('Reason'),
    priority: parameters.integer('Priority'),
    taskChannel: parameters.text('TaskChannel'),
    virtualStartTime: parameters.date('VirtualStartTime'),
  });
  return ok(formatTask(task, call.context), task.version);
}

export async function deleteTask(call: ApiRequest): Promise<ApiResponse> {
  call.requireMatch(call.row('tasks'));
  await call.execute({
    type: 'DeleteTask',
    workspaceSid: call.row('workspaces').sid,
    taskSid: call.row('tasks').sid,
  });
  return noContent;
}
