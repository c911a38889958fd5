import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import { LifecycleError } from './errors';
import { hasStatus, requireWorkspace } from './taskrouter-errors';

/** @throws {LifecycleError} `task_not_found`, or `configuration` if the workspace does not exist. */
export async function fetchTask(workspace: WorkspaceContext, taskSid: string): Promise<TaskInstance> {
  return orTaskNotFound(workspace, taskSid, workspace.tasks(taskSid).fetch());
}

/** The result of a request about a task, with TaskRouter's 404 turned into `task_not_found`. */
export async function orTaskNotFound<T>(
  workspace: WorkspaceContext,
  taskSid: string,
  request: Promise<T>,
): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    await requireWorkspace(workspace);
    throw taskNotFound(taskSid);
  }
}

export function taskNotFound(taskSid: string): LifecycleError {
  // TaskRouter removes a finished task after five minutes: https://www.twilio.com/docs/taskrouter/lifecycle-task-state
  return new LifecycleError(
    'task_not_found',
    `Task ${taskSid} not found. Completed and canceled tasks are removed after five minutes.`,
  );
}
