import { readTaskUpdate } from '../../http/entity-updates';
import { Forbidden } from '../../http/request-errors';
import { readRoutingTarget } from '../../http/routing-target';
import type { Call } from '../call';
import { taskPayload } from '../payloads';

export const createParameters = [
  'WorkflowSid',
  'TaskQueueSid',
  'RoutingTarget',
  'Attributes',
  'TaskChannelUniqueName',
  'TaskChannelSid',
  'VirtualStartTime',
];
export const updateParameters = ['AssignmentStatus', 'Reason', 'Attributes', 'VirtualStartTime'];

export async function createTask(call: Call): Promise<object> {
  const { parameters, token } = call;
  const routingTarget = readRoutingTarget(parameters, call.row('workspaces'), call.context.accountSid);
  // Our choice, as the SDK sends nothing else.
  if (token.role === 'worker' && routingTarget?.sid !== token.workerSid)
    throw new Forbidden('The Access Token has the role worker, and creates Tasks for its own Worker only');
  const task = await call.execute({
    type: 'CreateTask',
    workspaceSid: call.row('workspaces').sid,
    workflowSid: parameters.sid('WorkflowSid', 'WW'),
    attributes: parameters.attributes('Attributes'),
    taskChannel: parameters.sid('TaskChannelSid', 'TC') ?? parameters.text('TaskChannelUniqueName'),
    virtualStartTime: parameters.date('VirtualStartTime'),
    routingTarget,
    taskQueueSid: parameters.sid('TaskQueueSid', 'WQ'),
  });
  return taskPayload(task, call.context);
}

export function fetchTask(call: Call): object {
  return taskPayload(call.row('tasks'), call.context);
}

export async function updateTask(call: Call): Promise<object> {
  const present = call.row('tasks');
  call.requireMatch(present);
  return taskPayload(await call.execute(readTaskUpdate(call.parameters, present)), call.context);
}
