import type { TaskInstance, TaskStatus } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { LifecycleError } from './errors';
import type { StepContext } from './step';
import { fetchTask, orTaskNotFound } from './task-lookup';
import { shownReservation } from './task-reservations';
import { type TaskResponse, taskResponse } from './task-response';
import { hasStatus } from './taskrouter-errors';

interface MoveTaskParameters {
  readonly taskSid: string;
  /** Stored with the task, and part of its events. */
  readonly reason?: string | undefined;
}

/** A transition of the task's state machine: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
interface TaskMove {
  readonly to: TaskStatus;
  readonly from: readonly TaskStatus[];
}

/**
 * Moves a task, unless it is there already.
 * @throws {LifecycleError} `task_not_found`, or `task_is_…` with the state that does not allow the move.
 */
async function moveTask(
  { workspace }: StepContext,
  { taskSid, reason }: MoveTaskParameters,
  move: TaskMove,
): Promise<TaskResponse> {
  const found = await fetchTask(workspace, taskSid);
  const already = isAlready(found, move);
  const moved = already
    ? { task: found, already }
    : await orTaskNotFound(workspace, taskSid, update(found, move, reason));
  const reservation = await orTaskNotFound(workspace, taskSid, shownReservation(workspace, taskSid));
  return taskResponse(moved.task, reservation, moved.already);
}

async function update(found: TaskInstance, move: TaskMove, reason: string | undefined) {
  const change = { assignmentStatus: move.to, ...(reason !== undefined && { reason }) };
  try {
    return { task: await found.update(change), already: false };
  } catch (error) {
    if (!hasStatus(error, 400)) throw error;
    // The task may have moved since it was read: then its new state decides.
    const task = await found.fetch();
    if (isAlready(task, move)) return { task, already: true };
    throw error;
  }
}

/** True if the task is there already; throws if its state does not allow the move. */
function isAlready({ assignmentStatus }: TaskInstance, { to, from }: TaskMove): boolean {
  if (assignmentStatus === to) return true;
  if (from.includes(assignmentStatus)) return false;
  throw new LifecycleError(
    `task_is_${assignmentStatus}`,
    `The task is ${assignmentStatus}. Only a task that is ${from.join(' or ')} can become ${to}.`,
  );
}

/** The conversation is over, and the worker wraps up; the task still uses the worker's capacity. */
export async function wrapUpTask(
  context: StepContext,
  parameters: MoveTaskParameters,
): Promise<TaskResponse> {
  return moveTask(context, parameters, { to: 'wrapping', from: ['assigned'] });
}

/** The task is done. The worker's activity does not change: moving the worker on is up to the application. */
export async function completeTask(
  context: StepContext,
  parameters: MoveTaskParameters,
): Promise<TaskResponse> {
  return moveTask(context, parameters, { to: 'completed', from: ['assigned', 'wrapping'] });
}

/** Gives up a task that no worker has accepted yet; its pending reservations are canceled with it. */
export async function cancelTask(
  context: StepContext,
  parameters: MoveTaskParameters,
): Promise<TaskResponse> {
  return moveTask(context, parameters, { to: 'canceled', from: ['pending', 'reserved'] });
}
