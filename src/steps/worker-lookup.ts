import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import { LifecycleError } from './errors';
import { isSid } from './sid';
import { hasStatus, requireWorkspace } from './taskrouter-errors';

/**
 * The worker with this sid or name. Names are unique in a workspace.
 * @throws {LifecycleError} `worker_not_found`.
 */
export async function findWorker(workspace: WorkspaceContext, sidOrName: string): Promise<WorkerInstance> {
  const worker = isSid('WK', sidOrName)
    ? await workerBySid(workspace, sidOrName)
    : (await workspace.workers.list({ friendlyName: sidOrName, pageSize: 1, limit: 1 }))[0];
  if (worker !== undefined) return worker;
  throw new LifecycleError(
    'worker_not_found',
    'Worker not found. Pass the sid or the exact name of a worker in the workspace.',
  );
}

async function workerBySid(workspace: WorkspaceContext, sid: string): Promise<WorkerInstance | undefined> {
  try {
    return await workspace.workers(sid).fetch();
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    await requireWorkspace(workspace);
    return undefined;
  }
}
