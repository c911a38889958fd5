import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import { waitingReason } from '../common/waiting-reason';
import { nameList } from './name-list';
import { largestPage } from './step';

/** Why the task has no pending reservation, as far as REST shows it, and what to do. */
export async function explainNoPendingReservation(
  workspace: WorkspaceContext,
  task: TaskInstance,
  latest: ReservationInstance | undefined,
): Promise<string> {
  if (task.assignmentStatus !== 'pending' && task.assignmentStatus !== 'reserved') {
    return `The task is ${task.assignmentStatus}. TaskRouter offers only tasks that are pending or reserved.`;
  }
  if (task.assignmentStatus === 'reserved' || latest?.reservationStatus === 'pending') {
    return 'The task is being offered right now. Try again.';
  }
  return `The task is waiting: ${await explainWaiting(workspace, task)}${explainLatest(latest)}`;
}

async function explainWaiting(workspace: WorkspaceContext, task: TaskInstance): Promise<string> {
  const { taskQueueSid, taskQueueFriendlyName } = task;
  // Without a sid, the filter would be omitted and all workers be found.
  if (!taskQueueSid) return 'it is not in a task queue.';
  const available = await workersOf(workspace, { taskQueueSid, available: 'true' });
  if (available.length > 0) return notOffered(taskQueueFriendlyName, available);
  const members = await workersOf(workspace, { taskQueueSid });
  // A worker may have become available since the first request.
  const ready = members.filter((worker) => worker.available);
  const counts = { of: 'task queue', count: members.length, available: ready.length } as const;
  const reason = waitingReason(counts, taskQueueFriendlyName);
  if (reason === undefined) return notOffered(taskQueueFriendlyName, ready);
  if (members.length === 0) return `${reason}; give one the attributes it requires.`;
  return `${reason}; set one ${await availableActivity(workspace)}: ${described(members)}.`;
}

async function workersOf(
  workspace: WorkspaceContext,
  filter: { readonly taskQueueSid: string; readonly available?: string },
): Promise<WorkerInstance[]> {
  return (await workspace.workers.page({ ...filter, pageSize: largestPage })).instances;
}

/** REST does not show the reason, so this names no reason but what to check. */
function notOffered(taskQueueName: string, available: readonly WorkerInstance[]): string {
  return (
    `it is not offered to any worker now. Available in the task queue "${taskQueueName}": ${described(available)}. ` +
    'TaskRouter does not say why they get no offer. Check the capacity and the pending reservations of each worker, ' +
    "and the expression and the known worker of the workflow's target."
  );
}

/** An activity that makes a worker available: Idle, where it exists. */
async function availableActivity(workspace: WorkspaceContext): Promise<string> {
  const { instances } = await workspace.activities.page({ available: 'true', pageSize: largestPage });
  const names = instances.map(({ friendlyName }) => friendlyName);
  return names.find((name) => name === 'Idle') ?? names[0] ?? 'available';
}

function described(workers: readonly WorkerInstance[]): string {
  return nameList(
    workers.map(({ friendlyName, activityName }) => `${friendlyName} (${activityName})`),
    workers.length < largestPage,
  );
}

function explainLatest(latest: ReservationInstance | undefined): string {
  if (latest === undefined) return '';
  return ` Its latest reservation, ${latest.sid} for ${latest.workerName}, ended as ${latest.reservationStatus}.`;
}
