import { compileExpression, ExpressionSyntaxError } from '../../../language/expression';
import type { CreateTaskQueue, DeleteTaskQueue, UpdateTaskQueue } from '../../model/commands';
import type { TaskQueue } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { taskQueueFields } from '../event-fields';
import { limits } from '../limits';
import { isFinished } from '../rules/transitions';
import { checkNamed, checkRange, given, named, subject, workspaceOf } from './lookups';

/** https://www.twilio.com/docs/taskrouter/api/task-queue: without an expression every worker matches. */
const everyWorker = '1==1';

export function createTaskQueue(turn: CommandContext, command: CreateTaskQueue): TaskQueue {
  const workspace = workspaceOf(turn, command);
  checkNamed(command.friendlyName);
  checkSettings(turn, workspace.sid, command);
  if (turn.state.table('taskQueues').count(workspace.sid) >= limits.taskQueuesPerWorkspace) {
    throw new InvalidParameter(`A Workspace can have at most ${limits.taskQueuesPerWorkspace} TaskQueues`);
  }
  const queue = turn.state.put('taskQueues', {
    ...turn.created(sidPrefix.taskQueue, command.friendlyName),
    workspaceSid: workspace.sid,
    friendlyName: command.friendlyName,
    targetWorkers: command.targetWorkers ?? everyWorker,
    maxReservedWorkers: command.maxReservedWorkers ?? limits.maxReservedWorkers.default,
    taskOrder: command.taskOrder ?? 'FIFO',
    reservationActivitySid: command.reservationActivitySid ?? null,
    assignmentActivitySid: command.assignmentActivitySid ?? null,
  });
  queueEvent(turn, 'task-queue.created', queue, `TaskQueue ${queue.sid} created`);
  return queue;
}

export function updateTaskQueue(turn: CommandContext, command: UpdateTaskQueue): TaskQueue {
  const queue = subject(turn, command, 'taskQueues', command.taskQueueSid);
  if (command.friendlyName !== undefined) checkNamed(command.friendlyName);
  checkSettings(turn, queue.workspaceSid, command);
  const updated = turn.state.put('taskQueues', {
    ...queue,
    ...given({
      friendlyName: command.friendlyName,
      targetWorkers: command.targetWorkers,
      maxReservedWorkers: command.maxReservedWorkers,
      taskOrder: command.taskOrder,
      reservationActivitySid: command.reservationActivitySid,
      assignmentActivitySid: command.assignmentActivitySid,
    }),
    dateUpdated: turn.now,
  });
  if (updated.targetWorkers !== queue.targetWorkers) {
    const description = `TaskQueue ${queue.sid} expression updated to '${updated.targetWorkers ?? ''}'`;
    queueEvent(turn, 'task-queue.expression.updated', updated, description);
  }
  return updated;
}

/** Refused while a workflow, or a task on its way by an older version of one, refers to it. */
export function deleteTaskQueue(turn: CommandContext, command: DeleteTaskQueue): undefined {
  const queue = subject(turn, command, 'taskQueues', command.taskQueueSid);
  const use = useOf(turn, queue);
  if (use) throw new ResourceInUse(`Cannot delete TaskQueue ${queue.sid} because it is used by ${use}`);
  turn.state.remove('taskQueues', queue.sid);
  queueEvent(turn, 'task-queue.deleted', queue, `TaskQueue ${queue.sid} deleted`);
}

/** Our choice of what counts as use: configurations in force or still gone by, and tasks that are not over. */
function useOf(turn: CommandContext, queue: TaskQueue): string | null {
  for (const versionSid of turn.configurations.inUse(queue.workspaceSid)) {
    if (!turn.configurations.of(versionSid).taskQueueSids.includes(queue.sid)) continue;
    return `Workflow ${turn.state.get('workflowVersions', versionSid).workflowSid}`;
  }
  for (const task of turn.state.all('tasks', queue.workspaceSid)) {
    if (task.taskQueueSid === queue.sid && !isFinished(task.status)) return `Task ${task.sid}`;
  }
  return null;
}

function checkSettings(
  turn: CommandContext,
  workspaceSid: string,
  command: CreateTaskQueue | UpdateTaskQueue,
): void {
  if (command.targetWorkers) checkExpression('TargetWorkers', command.targetWorkers);
  if (command.maxReservedWorkers !== undefined) {
    checkRange('MaxReservedWorkers', command.maxReservedWorkers, limits.maxReservedWorkers);
  }
  if (command.reservationActivitySid !== undefined) {
    named(turn, workspaceSid, 'activities', 'ReservationActivitySid', command.reservationActivitySid);
  }
  if (command.assignmentActivitySid !== undefined) {
    named(turn, workspaceSid, 'activities', 'AssignmentActivitySid', command.assignmentActivitySid);
  }
}

/** Syntax only, like the service. @throws InvalidParameter */
function checkExpression(parameter: string, source: string): void {
  try {
    compileExpression(source);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw new InvalidParameter(`Invalid ${parameter}: ${error.message}`);
  }
}

function queueEvent(turn: CommandContext, type: EventType, queue: TaskQueue, description: string): void {
  turn.emit({
    type,
    workspaceSid: queue.workspaceSid,
    resourceType: 'taskqueue',
    resourceSid: queue.sid,
    description,
    fields: taskQueueFields(queue),
  });
}
