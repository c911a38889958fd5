import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';

/** How many workers a sentence names. */
const namedWorkers = 5;

/** Why no reservation of this task is pending, as far as REST shows it, and what to do about it. */
export async function explainNoPendingReservation(
  workspace: WorkspaceContext,
  task: TaskInstance,
  latest: ReservationInstance | undefined,
): Promise<string> {
  if (task.assignmentStatus === 'reserved') {
    return 'The task is being offered at this very moment: try again.';
  }
  if (task.assignmentStatus !== 'pending') {
    return `The task is ${task.assignmentStatus}: a task is offered to workers only while it is pending or reserved.`;
  }
  return `The task is waiting: ${await explainWaiting(workspace, task)}${explainLatest(latest)}`;
}

async function explainWaiting(workspace: WorkspaceContext, task: TaskInstance): Promise<string> {
  const { taskQueueSid, taskQueueFriendlyName } = task;
  const available = await workspace.workers.page({ taskQueueSid, available: 'true', pageSize: namedWorkers });
  if (available.instances.length > 0) {
    return `${named(available.instances)} could take it but has no room for it, or is about to be offered it.`;
  }
  const eligible = await workspace.workers.page({ taskQueueSid, pageSize: namedWorkers });
  if (eligible.instances.length > 0) {
    return `no available worker is eligible; set one Idle: ${named(eligible.instances)}.`;
  }
  return `no worker at all matches the task queue "${taskQueueFriendlyName}"; give one the attributes it asks for.`;
}

function named(workers: readonly WorkerInstance[]): string {
  return workers.map(({ friendlyName, activityName }) => `${friendlyName} (${activityName})`).join(', ');
}

function explainLatest(latest: ReservationInstance | undefined): string {
  if (latest === undefined) return '';
  return ` Its latest reservation, ${latest.sid} for ${latest.workerName}, ended as ${latest.reservationStatus}.`;
}
