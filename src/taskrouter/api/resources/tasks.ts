import { scopeOf } from '../../../language/expression';
import type { RoutingTarget } from '../../model/commands';
import type { Task } from '../../model/entities';
import { InvalidParameter } from '../../model/errors';
import { isSid, sidPrefix } from '../../model/sids';
import { taskStatuses } from '../../model/statuses';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, created, noContent, ok } from '../api-response';
import { readExpression, type Test, taskQueuesNamed, when } from '../filters';
import { formatCreatedTask, formatTask } from '../formats/task';
import { byCreation, type Order, readOrdering } from '../order';
import { listRows } from '../paging';

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
    routingTarget: routingTarget(request),
    ignoreCapacity: parameters.flag('IgnoreCapacity'),
    taskQueueSid: parameters.sid('TaskQueueSid', 'WQ'),
  });
  return created(formatCreatedTask(task, request.context), task.version);
}

const routingTargetKinds = ['worker', 'taskQueue', 'workflow'] as const;

function routingTarget(request: ApiRequest): RoutingTarget | undefined {
  const target = request.parameters.text('RoutingTarget');
  if (target === undefined) return undefined;
  const kind = routingTargetKinds.find((each) => isSid(sidPrefix[each], target));
  if (kind) return { kind, sid: target };
  // Twilio's message; it contains WorkflowSid in all cases.
  throw new InvalidParameter(
    `Value '${target}' provided for WorkflowSid as RoutingTarget has an invalid format. WorkspaceSid: ${
      request.row('workspaces').sid
    }, AccountSid: ${request.context.accountSid}`,
  );
}

export function fetchTask(request: ApiRequest): ApiResponse {
  const task = request.row('tasks');
  return ok(request.text(formatTask, task), task.version);
}

export async function updateTask(request: ApiRequest): Promise<ApiResponse> {
  request.requireMatch(request.row('tasks'));
  const { parameters } = request;
  const task = await request.execute({
    type: 'UpdateTask',
    workspaceSid: request.row('workspaces').sid,
    taskSid: request.row('tasks').sid,
    attributes: parameters.attributes('Attributes'),
    assignmentStatus: parameters.oneOf('AssignmentStatus', taskStatuses),
    reason: parameters.text('Reason') ?? parameters.cleared('Reason'),
    priority: parameters.integer('Priority'),
    taskChannel: parameters.text('TaskChannel'),
    virtualStartTime: parameters.date('VirtualStartTime'),
  });
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
