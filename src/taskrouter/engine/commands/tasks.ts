import type { CreateTask, DeleteTask, UpdateTask } from '../../model/commands';
import type { Task, TaskChannel, Workflow } from '../../model/entities';
import { InvalidParameter, InvalidTransition } from '../../model/errors';
import { isSid, sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { limits } from '../limits';
import { firstPosition, placement, queueEntered, routeAgain, targetMatched } from '../rules/routing';
import { cancelTask, completeTask, deleteTask as removeTask, wrapTask } from '../rules/task-lifecycle';
import { checkRange, checkVersion, given, named, subject, workspaceOf } from './lookups';
import { findTaskChannel } from './task-channels';

const noAttributes = { text: '{}', value: {} };
/** https://www.twilio.com/docs/taskrouter/api/task: VirtualStartTime may not lie before 1900. */
const earliestStart = Date.UTC(1900, 0, 1);

type Placement = Pick<Task, 'step' | 'taskQueueSid' | 'taskQueueEnteredDate'> &
  Partial<Pick<Task, 'priority'>>;

export function createTask(turn: CommandContext, command: CreateTask): Task {
  const workspace = workspaceOf(turn, command);
  const attributes = command.attributes ?? noAttributes;
  const workflow = workflowOf(turn, command);
  checkNumbers(turn, command);
  if (command.taskQueueSid !== undefined) {
    named(turn, workspace.sid, 'taskQueues', 'TaskQueueSid', command.taskQueueSid);
  }
  const placed = place(turn, command, workflow);
  const { sid, sequence, dateCreated, dateUpdated } = turn.created(sidPrefix.task);
  // Every name written out, here and in an offer: what follows a spread in a literal is set far more slowly.
  const task = turn.state.put('tasks', {
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
    taskChannelSid: taskChannelOf(turn, workspace.sid, command.taskChannel ?? 'default').sid,
    workflowSid: workflow.sid,
    virtualStartTime: command.virtualStartTime ?? turn.now,
    routingTarget: command.routingTarget ?? null,
    ignoreCapacity: command.ignoreCapacity ?? isSid(command.routingTarget, sidPrefix.worker),
    step: placed.step,
    taskQueueSid: placed.taskQueueSid,
    taskQueueEnteredDate: placed.taskQueueEnteredDate,
    routeAgain: null,
    assignmentCount: 0,
    callbackFailures: 0,
    heldUntil: null,
    assignedAt: null,
    finishedAt: null,
    reEvaluatedReason: null,
    version: 0,
  });
  if (task.step.kind === 'workflow') targetMatched(turn, turn.configurations.of(task.step.versionSid), task);
  turn.taskEvent('task.created', task);
  queueEntered(turn, task);
  turn.taskEvent('workflow.entered', task, {}, `Task ${task.sid} entered Workflow ${workflow.friendlyName}`);
  return task;
}

/** The workflow may be left out only when the workspace has exactly one. A RoutingTarget may name it, too. */
function workflowOf(turn: CommandContext, command: CreateTask): Workflow {
  const { workspaceSid, routingTarget } = command;
  const sid = isSid(routingTarget, sidPrefix.workflow) ? routingTarget : command.workflowSid;
  if (sid !== undefined) return named(turn, workspaceSid, 'workflows', 'WorkflowSid', sid);
  const [only, second] = turn.state.all('workflows', workspaceSid);
  if (!only || second) throw InvalidParameter.missing('WorkflowSid');
  return only;
}

/** Where a new task begins: its RoutingTarget, else the first filter that wants it. */
function place(turn: CommandContext, command: CreateTask, workflow: Workflow): Placement {
  const { workspaceSid, routingTarget: target } = command;
  if (isSid(target, sidPrefix.taskQueue)) {
    return direct(turn, named(turn, workspaceSid, 'taskQueues', 'RoutingTarget', target).sid, null);
  }
  if (isSid(target, sidPrefix.worker)) {
    const worker = named(turn, workspaceSid, 'workers', 'RoutingTarget', target);
    return direct(turn, queueForWorkerTarget(turn, command, workflow), worker.sid);
  }
  if (target !== undefined && !isSid(target, sidPrefix.workflow))
    throw badRoutingTarget(turn, workspaceSid, target);
  const configuration = turn.configurations.of(workflow.versionSid);
  const position = firstPosition(
    configuration,
    turn.scopes.task({ attributes: command.attributes ?? noAttributes }),
  );
  if (!position) throw unmatched(workflow);
  return placement(configuration, workflow.versionSid, position, turn.now);
}

/** Our choice: a task that no filter takes is refused where there is no default filter, as nobody could be offered it. */
const unmatched = ({ sid }: Workflow) =>
  new InvalidParameter(`The attributes match no filter of Workflow ${sid}, and it has no default filter`);

/** Past all filters, until its time-to-live is over (our choice for a queue). */
const direct = (turn: CommandContext, taskQueueSid: string, workerSid: string | null): Placement => ({
  step: { kind: 'direct', workerSid },
  taskQueueSid,
  taskQueueEnteredDate: turn.now,
});

/** Our choice: the queue asked for, else the default filter's, else the first one that the workflow names. */
function queueForWorkerTarget(turn: CommandContext, command: CreateTask, workflow: Workflow): string {
  const { taskQueueSid } = command;
  if (taskQueueSid !== undefined) return taskQueueSid;
  const { defaultFilter, taskQueueSids } = turn.configurations.of(workflow.versionSid);
  const sid = defaultFilter?.taskQueueSid ?? taskQueueSids[0];
  if (!sid) throw InvalidParameter.missing('TaskQueueSid');
  return sid;
}

/** The known text for a malformed RoutingTarget. */
function badRoutingTarget(turn: CommandContext, workspaceSid: string, value: string): InvalidParameter {
  const place = `WorkspaceSid: ${workspaceSid}, AccountSid: ${turn.accountSid}`;
  return new InvalidParameter(
    `Value '${value}' provided for WorkflowSid as RoutingTarget has an invalid format. ${place}`,
  );
}

/** One request changes either the state or the rest; canceling may bring attributes (seen in the documentation). */
export function updateTask(turn: CommandContext, command: UpdateTask): Task {
  const before = subject(turn, command, 'tasks', command.taskSid);
  checkVersion(before, command.ifMatch);
  checkNumbers(turn, command);
  const status = command.assignmentStatus?.toLowerCase();
  if (command.attributes && (status === 'wrapping' || status === 'completed')) {
    throw new InvalidParameter('Attributes and AssignmentStatus cannot be changed in one request: send two');
  }
  const task = updateValues(turn, before, command);
  const moved = status === undefined ? task : moveTask(turn, task, status, command.reason ?? null);
  if (command.attributes) rerouteLater(turn, moved);
  return turn.state.get('tasks', moved.sid);
}

function updateValues(turn: CommandContext, task: Task, command: UpdateTask): Task {
  const taskChannelSid =
    command.taskChannel === undefined
      ? undefined
      : taskChannelOf(turn, task.workspaceSid, command.taskChannel).sid;
  const { attributes, priority, virtualStartTime } = command;
  const patch = given({ attributes, priority, virtualStartTime, taskChannelSid }) as Partial<Task>;
  const reason = command.assignmentStatus === undefined ? command.reason : undefined;
  if (Object.keys(patch).length === 0 && reason === undefined) return task;
  const updated = turn.changeTask(task, { ...patch, ...(reason !== undefined && { reason }) });
  turn.taskEvent('task.updated', updated);
  return updated;
}

/** Posting the present state is allowed for those that only the engine can bring about (our choice). */
function moveTask(turn: CommandContext, task: Task, status: string, reason: string | null): Task {
  if (status === 'canceled') return cancelTask(turn, task, reason);
  if (status === 'wrapping') return wrapTask(turn, task, reason);
  if (status === 'completed') return completeTask(turn, task, reason);
  if (!['pending', 'reserved', 'assigned'].includes(status)) {
    throw new InvalidParameter(`Value '${status}' provided for AssignmentStatus is not a task status`);
  }
  if (status === task.status) return task;
  throw new InvalidTransition(`Task ${task.sid} is ${task.status} and cannot be updated to ${status}`);
}

/**
 * Attributes decide the way through the workflow, so the filters are asked again: now, or when the offer ends (our
 * choice).
 */
function rerouteLater(turn: CommandContext, task: Task): void {
  if (task.status === 'pending') routeAgain(turn, task, 'attributes');
  // A change of the workflow looks at the attributes as well, and more.
  else if (task.status === 'reserved' && task.routeAgain !== 'workflow')
    turn.state.put('tasks', { ...task, routeAgain: 'attributes' });
}

export function deleteTask(turn: CommandContext, command: DeleteTask): undefined {
  const task = subject(turn, command, 'tasks', command.taskSid);
  checkVersion(task, command.ifMatch);
  removeTask(turn, task, 'task.deleted');
}

function checkNumbers(turn: CommandContext, command: CreateTask | UpdateTask): void {
  if (command.priority !== undefined) checkRange('Priority', command.priority, limits.priority);
  if ('timeoutSeconds' in command && command.timeoutSeconds !== undefined) {
    checkRange('Timeout', command.timeoutSeconds, limits.taskTimeoutSeconds);
  }
  const { virtualStartTime } = command;
  if (virtualStartTime === undefined) return;
  if (virtualStartTime > turn.now) throw new InvalidParameter('VirtualStartTime may not lie in the future');
  if (virtualStartTime < earliestStart)
    throw new InvalidParameter('VirtualStartTime may not lie before 1900');
}

function taskChannelOf(turn: CommandContext, workspaceSid: string, name: string): TaskChannel {
  const channel = findTaskChannel(turn, workspaceSid, name);
  if (!channel) throw InvalidParameter.unknown('TaskChannel', name);
  return channel;
}
