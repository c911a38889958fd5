import { limits } from '../../../common/limits';
import { expressionFindings } from '../../../lint/expression-findings';
import type { CreateTaskQueue, DeleteTaskQueue, UpdateTaskQueue } from '../../model/commands';
import type { TaskQueue } from '../../model/entities';
import { InvalidParameter, ResourceInUse } from '../../model/errors';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { taskQueueFields } from '../event-fields';
import { compileParameter } from '../rules/expression-parameter';
import { recordFindings } from '../rules/record-findings';
import { isFinished } from '../rules/transitions';
import { checkNamed, checkRange, given, named, subject, workspaceOf } from './lookups';

/** https://www.twilio.com/docs/taskrouter/api/task-queue: without an expression every worker matches. */
const everyWorker = '1==1';

export function createTaskQueue(context: CommandContext, command: CreateTaskQueue): TaskQueue {
  const workspace = workspaceOf(context, command);
  checkName(context, workspace.sid, command.friendlyName);
  checkSettings(context, workspace.sid, command);
  if (context.state.table('taskQueues').count(workspace.sid) >= limits.taskQueuesPerWorkspace) {
    throw new InvalidParameter(`A Workspace can have at most ${limits.taskQueuesPerWorkspace} TaskQueues`);
  }
  const queue = context.state.put('taskQueues', {
    ...context.created(sidPrefix.taskQueue, command.friendlyName),
    workspaceSid: workspace.sid,
    friendlyName: command.friendlyName,
    targetWorkers: command.targetWorkers ?? everyWorker,
    maxReservedWorkers: command.maxReservedWorkers ?? limits.maxReservedWorkers.default,
    taskOrder: command.taskOrder ?? 'FIFO',
    reservationActivitySid: command.reservationActivitySid || null,
    assignmentActivitySid: command.assignmentActivitySid || null,
  });
  recordQueueEvent(context, 'task-queue.created', queue, `TaskQueue ${queue.sid} created`);
  recordExpressionFindings(context, queue);
  return queue;
}

export function updateTaskQueue(context: CommandContext, command: UpdateTaskQueue): TaskQueue {
  const queue = subject(context, command, 'taskQueues', command.taskQueueSid);
  if (command.friendlyName !== undefined) {
    checkName(context, queue.workspaceSid, command.friendlyName, queue.sid);
  }
  checkSettings(context, queue.workspaceSid, command);
  const updated = context.state.put('taskQueues', {
    ...queue,
    ...given({
      friendlyName: command.friendlyName,
      targetWorkers: command.targetWorkers,
      maxReservedWorkers: command.maxReservedWorkers,
      taskOrder: command.taskOrder,
      reservationActivitySid: sidOrNull(command.reservationActivitySid),
      assignmentActivitySid: sidOrNull(command.assignmentActivitySid),
    }),
    dateUpdated: context.now,
  });
  if (updated.targetWorkers !== queue.targetWorkers) {
    const description = `TaskQueue ${queue.sid} expression updated to '${updated.targetWorkers ?? ''}'`;
    recordQueueEvent(context, 'task-queue.expression.updated', updated, description);
    recordExpressionFindings(context, updated);
  }
  return updated;
}

/** Refused while a workflow, or a task that follows an older version of one, refers to the queue. */
export function deleteTaskQueue(context: CommandContext, command: DeleteTaskQueue): undefined {
  const queue = subject(context, command, 'taskQueues', command.taskQueueSid);
  const use = useOf(context, queue);
  if (use) throw new ResourceInUse(`Cannot delete TaskQueue ${queue.sid} because it is used by ${use}`);
  context.state.remove('taskQueues', queue.sid);
  recordQueueEvent(context, 'task-queue.deleted', queue, `TaskQueue ${queue.sid} deleted`);
}

/** Our choice of what counts as use: configurations that workflows have or tasks follow, and unfinished tasks. */
function useOf(context: CommandContext, queue: TaskQueue): string | null {
  for (const versionSid of context.configurations.inUse(queue.workspaceSid)) {
    if (!context.configurations.of(versionSid).taskQueueSids.includes(queue.sid)) continue;
    return `Workflow ${context.state.get('workflowVersions', versionSid).workflowSid}`;
  }
  if (!context.tasksInUse.has(queue.sid)) return null;
  for (const task of context.state.all('tasks', queue.workspaceSid)) {
    if (task.taskQueueSid === queue.sid && !isFinished(task.status)) return `Task ${task.sid}`;
  }
  return null;
}

/** Unique in the workspace (text seen); our choice: when a queue is renamed, too. @throws InvalidParameter */
function checkName(context: CommandContext, workspaceSid: string, name: string, ownSid?: string): void {
  checkNamed(name);
  const holder = context.taskQueueNames.find(workspaceSid, name);
  if (holder === undefined || holder === ownSid) return;
  throw new InvalidParameter(
    `Queue named ${name} already exists for workspace ${workspaceSid} for account ${context.accountSid}`,
  );
}

function checkSettings(
  context: CommandContext,
  workspaceSid: string,
  command: CreateTaskQueue | UpdateTaskQueue,
): void {
  if (command.targetWorkers) compileParameter('TargetWorkers', command.targetWorkers);
  if (command.maxReservedWorkers !== undefined) {
    checkRange('MaxReservedWorkers', command.maxReservedWorkers, limits.maxReservedWorkers);
  }
  if (command.reservationActivitySid) {
    named(context, workspaceSid, 'activities', 'ReservationActivitySid', command.reservationActivitySid);
  }
  if (command.assignmentActivitySid) {
    named(context, workspaceSid, 'activities', 'AssignmentActivitySid', command.assignmentActivitySid);
  }
}

/** An empty sid removes the present one. */
const sidOrNull = (sid: string | undefined): string | null | undefined => (sid === '' ? null : sid);

function recordExpressionFindings(context: CommandContext, queue: TaskQueue): void {
  recordFindings(context, queue, 'TargetWorkers', expressionFindings(queue.targetWorkers ?? '', 'queue'));
}

function recordQueueEvent(
  context: CommandContext,
  type: EventType,
  queue: TaskQueue,
  description: string,
): void {
  context.recordEvent({
    type,
    workspaceSid: queue.workspaceSid,
    resourceType: 'taskqueue',
    resourceSid: queue.sid,
    description,
    fields: taskQueueFields(queue),
  });
}
