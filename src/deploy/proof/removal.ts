import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { DeployTime } from '../poll-until';
import { type ProofName, readProofName } from './proof-name';

/** Our choice: what was deleted a moment ago may still count as in use. */
const attempts = 5;
const pauseMs = 1000;

/** Our choice, in ms: no proof takes that long, so that whose it was has crashed. */
const abandonedAfter = 10 * 60_000;

/**
 * Takes away what one proof made, found by its name: also what was made by a request whose answer was lost.
 * @returns what could not be removed, one sentence each
 */
export async function removeProof(
  workspace: WorkspaceContext,
  name: ProofName,
  time: DeployTime,
): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const faults = await removeOnce(workspace, name).catch((error: Error) => [
      `What is left of the proof could not be looked up: ${error.message}`,
    ]);
    if (faults.length === 0 || attempt === attempts) return faults;
    await time.wait(pauseMs);
  }
}

/** What proofs left behind that did not come to their end. @returns as `removeProof` */
export async function removeAbandonedProofs(
  workspace: WorkspaceContext,
  time: DeployTime,
): Promise<string[]> {
  const faults: string[] = [];
  // The task queue is made first and removed last: where there is none, there is nothing else.
  for (const queue of await workspace.taskQueues.list({ pageSize: 1000 })) {
    const name = readProofName(queue.friendlyName);
    if (name === null || time.now() - queue.dateCreated.getTime() < abandonedAfter) continue;
    faults.push(...(await removeProof(workspace, name, time)));
  }
  return faults;
}

/** In the order in which TaskRouter lets go of them: the worker takes no more work before anything else. */
async function removeOnce(workspace: WorkspaceContext, name: ProofName): Promise<string[]> {
  const { friendlyName, channelName } = name;
  const workers = await workspace.workers.list({ friendlyName });
  const workflows = await workspace.workflows.list({ friendlyName });
  const queues = await workspace.taskQueues.list({ friendlyName });
  const channels = await workspace.taskChannels.list({ pageSize: 1000 });
  const removals = [
    ...workers.map(({ sid }) => [`worker ${sid}`, () => retire(workspace, sid)] as const),
    ...workflows.map(({ sid }) => [`tasks of workflow ${sid}`, () => removeTasks(workspace, sid)] as const),
    ...workers.map(({ sid }) => [`worker ${sid}`, () => workspace.workers(sid).remove()] as const),
    ...workflows.map(({ sid }) => [`workflow ${sid}`, () => workspace.workflows(sid).remove()] as const),
    ...channels
      .filter(({ uniqueName }) => uniqueName === channelName)
      .map(({ sid }) => [`task channel ${sid}`, () => workspace.taskChannels(sid).remove()] as const),
    ...queues.map(({ sid }) => [`task queue ${sid}`, () => workspace.taskQueues(sid).remove()] as const),
  ];
  const faults: string[] = [];
  for (const [what, remove] of removals) {
    await remove().catch((error: { status?: number; message: string }) => {
      if (error.status !== 404)
        faults.push(`The ${what} of the proof could not be removed: ${error.message}`);
    });
  }
  return faults;
}

async function removeTasks(workspace: WorkspaceContext, workflowSid: string): Promise<void> {
  for (const { sid } of await workspace.tasks.list({ workflowSid })) await workspace.tasks(sid).remove();
}

/** Makes the worker unavailable, and rejects what it may still be offered: otherwise it could not go. */
export async function retire(workspace: WorkspaceContext, workerSid: string): Promise<void> {
  const activities = await workspace.activities.list({ pageSize: 100 });
  const unavailable = activities.find(({ available }) => !available);
  if (unavailable)
    await workspace
      .workers(workerSid)
      .update({ activitySid: unavailable.sid, rejectPendingReservations: true });
}
