import { limits } from '../../../common/limits';
import type { CreateTask, DeleteTask, UpdateTask } from '../../model/commands';
import type { Task, TaskChannel, Workflow } from '../../model/entities';
import { InvalidParameter, InvalidTransition } from '../../model/errors';
import { sidPrefix } from '../../model/sids';
import type { TaskStatus } from '../../model/statuses';
import type { CommandContext } from '../command-context';
import { firstPosition, type Placement, placement, recordTargetMatched, routeAgain } from '../rules/routing';
import { cancelTask, completeTask, deleteTask as removeTask, wrapTask } from '../rules/task-lifecycle';
import { checkRange, given, named, subject, workspaceOf } from './lookups';
import { findTaskChannel } from './task-channels';

const noAttributes = { text: '{}', value: {} };
/** https://www.twilio.com/docs/taskrouter/api/task: VirtualStartTime must not be before 1900. */
const earliestStart = Date.UTC(1900, 0, 1);

export function createTask(context: CommandContext, command: CreateTask): Task {
  const workspace = workspaceOf(context, command);
  const attributes = command.attributes ?? noAttributes;
  const workflow = workflowOf(context, command);
  checkNumbers(context, command);
  if (command.taskQueueSid !== undefined) {
    named(context, workspace.sid, 'taskQueues', 'TaskQueueSid', command.taskQueueSid);
  }
  const placed = place(context, command, workflow);
  const { sid, sequence, dateCreated, dateUpdated } = context.created(sidPrefix.task);
  // All names are written out, here and in an offer: after a spread in a literal, the others are set far more slowly.
  const task = context.state.put('tasks', {
    sid,
    sequence,
    dateCreated,
    dateUpdated,
    workspaceSid: workspace.sid,
    attributes,
    status: 'pending',
    reason: null,
    priority: placed.priority ?? command.priority ?? limits.priority.default,
    timeoutSeconds: command.timeoutSeconds ?? limits.taskTimeoutSeconds.default,
    taskChannelSid: taskChannelOf(context, workspace.sid, command.taskChannel ?? 'default').sid,
    workflowSid: workflow.sid,
    virtualStartTime: command.virtualStartTime ?? context.now,
    routingTarget: command.routingTarget?.sid ?? null,
    ignoreCapacity: command.ignoreCapacity ?? command.routingTarget?.kind === 'worker',
    step: placed.step,
    taskQueueSid: placed.taskQueueSid,
    taskQueueEnteredDate: placed.taskQueueEnteredDate,
    routeAgain: null,
    assignmentCount: 0,
    callbackFailures: 0,
    heldUntil: null,
    assignedAt: null,
    finishedAt: null,
    transferSid: null,
    reEvaluatedReason: null,
    version: 0,
  });
  if (task.step.kind === 'workflow')
    recordTargetMatched(context, context.configurations.of(task.step.versionSid), task);
  context.recordTaskEvent('task.created', task);
  context.recordQueueEntered(task);
  context.recordTaskEvent(
    'workflow.entered',
    task,
    `Task ${task.sid} entered Workflow ${workflow.friendlyName}`,
  );
  return task;
}

/** RoutingTarget may name the workflow, too; it may be left out if the workspace has exactly one. */
function workflowOf(context: CommandContext, command: CreateTask): Workflow {
  const { workspaceSid, routingTarget } = command;
  const sid = routingTarget?.kind === 'workflow' ? routingTarget.sid : command.workflowSid;
  if (sid !== undefined) return named(context, workspaceSid, 'workflows', 'WorkflowSid', sid);
  const [only, second] = context.state.all('workflows', workspaceSid);
  if (!only || second) throw InvalidParameter.missing('WorkflowSid');
  return only;
}

/** Where a new task starts: at its RoutingTarget, else in the first filter that matches. */
function place(context: CommandContext, command: CreateTask, workflow: Workflow): Placement {
  const { workspaceSid, routingTarget: target } = command;
  if (target?.kind === 'taskQueue') {
    const queue = named(context, workspaceSid, 'taskQueues', 'RoutingTarget', target.sid);
    return direct(context, queue.sid, null);
  }
  if (target?.kind === 'worker') {
    const worker = named(context, workspaceSid, 'workers', 'RoutingTarget', target.sid);
    return direct(context, queueForWorkerTarget(context, command, workflow), worker.sid);
  }
  const configuration = context.configurations.of(workflow.versionSid);
  const position = firstPosition(
    configuration,
    { attributes: command.attributes ?? noAttributes },
    context.scopes,
  );
  if (!position) throw unmatched(workflow);
  return placement(configuration, workflow.versionSid, position, context.now);
}

/** Our choice: a task that matches no filter is refused without a default filter, as no worker could be offered it. */
const unmatched = ({ sid }: Workflow) =>
  new InvalidParameter(`The attributes match no filter of Workflow ${sid}, and it has no default filter`);

/** A task that skips all filters waits until its time-to-live ends (our choice for a queue). */
const direct = (context: CommandContext, taskQueueSid: string, workerSid: string | null): Placement => ({
  step: { kind: 'direct', workerSid },
  priority: null,
  taskQueueSid,
  taskQueueEnteredDate: context.now,
});

/** Our choice: the TaskQueueSid of the request, else the default filter's queue, else the first that the workflow names. */
function queueForWorkerTarget(context: CommandContext, command: CreateTask, workflow: Workflow): string {
  const { taskQueueSid } = command;
  if (taskQueueSid !== undefined) return taskQueueSid;
  const { defaultFilter, taskQueueSids } = context.configurations.of(workflow.versionSid);
  const sid = defaultFilter?.taskQueueSid ?? taskQueueSids[0];
  if (!sid) throw InvalidParameter.missing('TaskQueueSid');
  return sid;
}

/** A request changes the status or other values, except that canceling may set attributes (seen in the documentation). */
export function updateTask(context: CommandContext, command: UpdateTask): Task {
  const before = subject(context, command, 'tasks', command.taskSid);
  checkNumbers(context, command);
  const status = command.assignmentStatus;
  if (command.attributes && (status === 'wrapping' || status === 'completed')) {
    throw new InvalidParameter('Attributes and AssignmentStatus cannot be changed in one request: send two');
  }
  const task = updateValues(context, before, command);
  const moved = status === undefined ? task : moveTask(context, task, status, command.reason || null);
  if (command.attributes) rerouteLater(context, moved);
  return context.state.get('tasks', moved.sid);
}

function updateValues(context: CommandContext, task: Task, command: UpdateTask): Task {
  if (!changesValues(command)) return task;
  const taskChannelSid =
    command.taskChannel === undefined
      ? undefined
      : taskChannelOf(context, task.workspaceSid, command.taskChannel).sid;
  const { attributes, priority, virtualStartTime } = command;
  const reason = newReason(task, command);
  const values = { attributes, priority, virtualStartTime, taskChannelSid, reason };
  if (Object.values(values).every((value) => value === undefined)) return task;
  const updated = context.changeTask({ ...task, ...(given(values) as Partial<Task>) });
  context.recordTaskEvent('task.updated', updated);
  return updated;
}

/** Most requests change the status alone. */
const changesValues = ({
  attributes,
  priority,
  virtualStartTime,
  taskChannel,
  reason,
}: UpdateTask): boolean =>
  [attributes, priority, virtualStartTime, taskChannel, reason].some((value) => value !== undefined);

/** A reason without a status. An empty one removes the present one. Undefined if the reason stays. */
function newReason(task: Task, { assignmentStatus, reason }: UpdateTask): string | null | undefined {
  if (assignmentStatus !== undefined || reason === undefined) return undefined;
  return reason === '' && task.reason === null ? undefined : reason || null;
}

/** Our choice: for the statuses that only the engine sets, a request for the present one is accepted. */
function moveTask(context: CommandContext, task: Task, status: TaskStatus, reason: string | null): Task {
  if (status === 'canceled') return cancelTask(context, task, reason);
  if (status === 'wrapping') return wrapTask(context, task, reason);
  if (status === 'completed') return completeTask(context, task, reason);
  if (status === task.status) return task;
  throw new InvalidTransition(`Task ${task.sid} is ${task.status} and cannot be updated to ${status}`);
}

/**
 * Attributes decide the route through the workflow, so the filters are matched again: now, or when the offer ends (our
 * choice).
 */
function rerouteLater(context: CommandContext, task: Task): void {
  if (task.status === 'pending') routeAgain(context, task, 'attributes');
  // Routing again for the workflow takes the new attributes into account, too.
  else if (task.status === 'reserved' && task.routeAgain !== 'workflow')
    context.state.put('tasks', { ...task, routeAgain: 'attributes' });
}

export function deleteTask(context: CommandContext, command: DeleteTask): undefined {
  const task = subject(context, command, 'tasks', command.taskSid);
  removeTask(context, task, 'task.deleted');
}

function checkNumbers(context: CommandContext, command: CreateTask | UpdateTask): void {
  if (command.priority !== undefined) checkRange('Priority', command.priority, limits.priority);
  if ('timeoutSeconds' in command && command.timeoutSeconds !== undefined) {
    checkRange('Timeout', command.timeoutSeconds, limits.taskTimeoutSeconds);
  }
  const { virtualStartTime } = command;
  if (virtualStartTime === undefined) return;
  if (virtualStartTime > context.now)
    throw new InvalidParameter('VirtualStartTime must not be in the future');
  if (virtualStartTime < earliestStart)
    throw new InvalidParameter('VirtualStartTime must not be before 1900');
}

function taskChannelOf(context: CommandContext, workspaceSid: string, name: string): TaskChannel {
  const channel = findTaskChannel(context, workspaceSid, name);
  if (!channel) throw InvalidParameter.unknown('TaskChannel', name);
  return channel;
}
