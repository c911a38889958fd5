import type { TaskInstance, TaskStatus } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { LifecycleError } from './errors';
import { isRefusal } from './refusal';
import type { StepNeeds } from './step';
import { type TaskAnswer, taskAnswer } from './task-answer';
import { fetchTask, orTaskNotFound } from './task-lookup';
import { shownReservation } from './task-reservations';

export interface MoveTaskParameters {
  readonly taskSid: string;
  /** Kept with the task, and part of its events. */
  readonly reason?: string | undefined;
}

/** A move of the task's own state machine: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export interface TaskMove {
  readonly to: TaskStatus;
  readonly from: readonly TaskStatus[];
}

/**
 * Moves a task, after a look at what is already so.
 * @throws {LifecycleError} `task_not_found`, or `task_is_…` naming the state that forbids the move.
 */
export async function moveTask(
  { workspace }: StepNeeds,
  { taskSid, reason }: MoveTaskParameters,
  move: TaskMove,
): Promise<TaskAnswer> {
  const found = await fetchTask(workspace, taskSid);
  const already = isAlready(found, move);
  const moved = already
    ? { task: found, already }
    : await orTaskNotFound(workspace, taskSid, update(found, move, reason));
  const reservation = await orTaskNotFound(workspace, taskSid, shownReservation(workspace, taskSid));
  return taskAnswer(moved.task, reservation, moved.already);
}

async function update(found: TaskInstance, move: TaskMove, reason: string | undefined) {
  const change = { assignmentStatus: move.to, ...(reason !== undefined && { reason }) };
  try {
    return { task: await found.update(change), already: false };
  } catch (error) {
    if (!isRefusal(error, 400)) throw error;
    // The task may have moved between our look and our update: then its new state is the answer.
    const task = await found.fetch();
    if (isAlready(task, move)) return { task, already: true };
    throw error;
  }
}

/** True if the task is there already; throws if it cannot go there from where it is. */
function isAlready({ assignmentStatus }: TaskInstance, { to, from }: TaskMove): boolean {
  if (assignmentStatus === to) return true;
  if (from.includes(assignmentStatus)) return false;
  throw new LifecycleError(
    `task_is_${assignmentStatus}`,
    `The task is ${assignmentStatus}: only a task that is ${from.join(' or ')} can become ${to}.`,
  );
}
