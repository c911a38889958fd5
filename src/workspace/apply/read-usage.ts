import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ReservationStatus } from 'twilio/lib/rest/taskrouter/v1/workspace/worker/reservation';
import type { TaskRouterClient } from '../client';
import type { ExistingWorker } from '../existing/existing';
import type { FoundWorkspace } from '../existing/read';
import { mapConcurrently, pages } from '../existing/read';
import type { DesiredWorkspace } from '../file/schema';
import { extrasOf } from '../plan/extras';
import { noUsage, type UnfinishedTask, type Usage } from '../plan/in-use';

const unfinished = ['pending', 'reserved', 'assigned', 'wrapping'];
const active: readonly ReservationStatus[] = ['pending', 'accepted', 'wrapping'];

/** What uses the things that the file does not name. Sends no request when the file names everything. */
export async function readUsage(
  client: TaskRouterClient,
  desired: DesiredWorkspace,
  found: FoundWorkspace,
): Promise<Usage> {
  const workspace = client.taskrouter.v1.workspaces(found.sid);
  const workers = extrasOf('worker', desired, found);
  const holdsTasks = (['workflow', 'taskQueue', 'taskChannel'] as const).some(
    (kind) => extrasOf(kind, desired, found).length > 0,
  );
  return {
    tasks: holdsTasks ? await readTasks(workspace) : noUsage.tasks,
    workersWithReservations: await readWorkers(workspace, workers),
  };
}

async function readTasks(workspace: WorkspaceContext): Promise<UnfinishedTask[]> {
  const tasks = await workspace.tasks.list({ assignmentStatus: unfinished, ...pages() });
  return tasks.map(({ workflowSid, taskQueueSid, taskChannelUniqueName }) => ({
    workflowSid,
    taskQueueSid,
    taskChannel: taskChannelUniqueName,
  }));
}

async function readWorkers(
  workspace: WorkspaceContext,
  workers: readonly ExistingWorker[],
): Promise<ReadonlySet<string>> {
  const busy = await mapConcurrently(workers, async ({ sid }) =>
    sid !== null && (await hasReservations(workspace, sid)) ? [sid] : [],
  );
  return new Set(busy.flat());
}

async function hasReservations(workspace: WorkspaceContext, workerSid: string): Promise<boolean> {
  for (const reservationStatus of active) {
    const found = await workspace.workers(workerSid).reservations.list({ reservationStatus, limit: 1 });
    if (found.length > 0) return true;
  }
  return false;
}
