import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { LifecycleError } from './errors';
import { hasStatus, requireWorkspace } from './taskrouter-errors';

/** @throws {LifecycleError} `task_not_found`, or `configuration` if not even the workspace exists. */
export async function fetchTask(workspace: WorkspaceContext, taskSid: string): Promise<TaskInstance> {
  return orTaskNotFound(workspace, taskSid, workspace.tasks(taskSid).fetch());
}

/** The outcome of a call on a task, with TaskRouter's 404 turned into `task_not_found`. */
export async function orTaskNotFound<T>(
  workspace: WorkspaceContext,
  taskSid: string,
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    await requireWorkspace(workspace);
    throw taskNotFound(taskSid);
  }
}

function taskNotFound(taskSid: string): LifecycleError {
  // A finished task is removed five minutes later: https://www.twilio.com/docs/taskrouter/lifecycle-task-state
  return new LifecycleError(
    'task_not_found',
    `There is no task ${taskSid}: check the sid. A completed or canceled task is removed after five minutes.`,
  );
}
