import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';

const maxNamedWorkers = 5;

/** Why the task has no pending reservation, as far as REST shows it, and what to do. */
export async function explainNoPendingReservation(
  workspace: WorkspaceContext,
  task: TaskInstance,
  latest: ReservationInstance | undefined,
): Promise<string> {
  if (task.assignmentStatus === 'reserved') {
    return 'The task is being offered right now. Try again.';
  }
  if (task.assignmentStatus !== 'pending') {
    return `The task is ${task.assignmentStatus}. TaskRouter offers only tasks that are pending or reserved.`;
  }
  return `The task is waiting: ${await explainWaiting(workspace, task)}${explainLatest(latest)}`;
}

async function explainWaiting(workspace: WorkspaceContext, task: TaskInstance): Promise<string> {
  const { taskQueueSid, taskQueueFriendlyName } = task;
  const available = await workspace.workers.page({
    taskQueueSid,
    available: 'true',
    pageSize: maxNamedWorkers,
  });
  if (available.instances.length > 0) {
    return `${named(available.instances)} matches but has no capacity left, or is about to be offered the task.`;
  }
  const eligible = await workspace.workers.page({ taskQueueSid, pageSize: maxNamedWorkers });
  if (eligible.instances.length > 0) {
    return `no available worker is eligible; set one Idle: ${named(eligible.instances)}.`;
  }
  return `no worker matches the task queue "${taskQueueFriendlyName}"; give one the attributes it requires.`;
}

function named(workers: readonly WorkerInstance[]): string {
  return workers.map(({ friendlyName, activityName }) => `${friendlyName} (${activityName})`).join(', ');
}

function explainLatest(latest: ReservationInstance | undefined): string {
  if (latest === undefined) return '';
  return ` Its latest reservation, ${latest.sid} for ${latest.workerName}, ended as ${latest.reservationStatus}.`;
}
