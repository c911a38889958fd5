import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import { LifecycleError } from './errors';
import { nameList } from './name-list';
import { isSid } from './sid';
import { largestPage } from './step';
import { hasStatus, requireWorkspace } from './taskrouter-errors';

/**
 * The worker with this sid or name. Names are unique in a workspace.
 * @throws {LifecycleError} `worker_not_found`, with the names of the workers.
 */
export async function findWorker(workspace: WorkspaceContext, sidOrName: string): Promise<WorkerInstance> {
  const worker = isSid('WK', sidOrName)
    ? await workerBySid(workspace, sidOrName)
    : (await workspace.workers.list({ friendlyName: sidOrName, pageSize: 1, limit: 1 }))[0];
  if (worker !== undefined) return worker;
  throw new LifecycleError('worker_not_found', `Worker not found. ${await existingWorkers(workspace)}`);
}

async function existingWorkers(workspace: WorkspaceContext): Promise<string> {
  const { instances } = await workspace.workers.page({ pageSize: largestPage });
  if (instances.length === 0) return 'The workspace has no workers.';
  const names = instances.map(({ friendlyName }) => friendlyName);
  return `The workspace has: ${nameList(names, names.length < largestPage)}. Pass the exact name or the sid.`;
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
