import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { DeployTime } from '../poll-until';
import { type ProofName, readProofName } from './objects';

/** Our choice: TaskRouter may still count an object as in use right after its user was deleted. */
const attempts = 5;
const intervalMs = 1000;

/** Our choice: no proof takes that long, so an older one must have crashed. */
const abandonedAfterMs = 10 * 60_000;

/**
 * Removes what one proof created, found by name: this includes objects whose creation got no response. It does not use
 * p-retry, which retries only on errors, because a removal returns the remaining objects instead.
 * @returns one sentence for each object that could not be removed
 */
export async function removeProof(
  workspace: WorkspaceContext,
  name: ProofName,
  time: DeployTime,
): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const errors = await removeOnce(workspace, name).catch((error: Error) => [
      `The proof's objects could not be listed: ${error.message}`,
    ]);
    if (errors.length === 0 || attempt === attempts) return errors;
    await time.wait(intervalMs);
  }
}

/** Removes what crashed proofs left behind. @returns as `removeProof` */
export async function removeAbandonedProofs(
  workspace: WorkspaceContext,
  time: DeployTime,
): Promise<string[]> {
  const errors: string[] = [];
  // The task queue is created first and removed last: without one, nothing else is left.
  for (const queue of await workspace.taskQueues.list({ pageSize: 1000 })) {
    const name = readProofName(queue.friendlyName);
    if (name === null || time.now() - queue.dateCreated.getTime() < abandonedAfterMs) continue;
    errors.push(...(await removeProof(workspace, name, time)));
  }
  return errors;
}

/** Removes in the order that TaskRouter allows. The worker becomes unavailable first. */
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
  const errors: string[] = [];
  for (const [what, remove] of removals) {
    await remove().catch((error: { status?: number; message: string }) => {
      if (error.status !== 404)
        errors.push(`The ${what} of the proof could not be removed: ${error.message}`);
    });
  }
  return errors;
}

async function removeTasks(workspace: WorkspaceContext, workflowSid: string): Promise<void> {
  for (const { sid } of await workspace.tasks.list({ workflowSid })) await workspace.tasks(sid).remove();
}

/** Makes the worker unavailable and rejects its pending reservations: otherwise TaskRouter would not delete it. */
export async function retire(workspace: WorkspaceContext, workerSid: string): Promise<void> {
  const activities = await workspace.activities.list({ pageSize: 100 });
  const unavailable = activities.find(({ available }) => !available);
  if (unavailable)
    await workspace
      .workers(workerSid)
      .update({ activitySid: unavailable.sid, rejectPendingReservations: true });
}
