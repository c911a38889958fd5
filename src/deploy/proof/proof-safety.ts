import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import { ConfigurationError } from '../../system/config';
import { type ProofName, readProofName } from './proof-name';

/**
 * How the proof's worker is kept from other people's tasks. It is available for some seconds, and a task queue that takes
 * every worker (`1==1`) takes it as well: its tasks could then be offered to a worker behind whom there is nobody.
 * `none`: no such queue. `own-channel`: the worker has capacity on a task channel of the proof's own and on no other.
 */
export type Seclusion = 'none' | 'own-channel';

/**
 * A task channel is only made where it is needed, because every worker of the workspace gets a worker channel for it.
 * @throws ConfigurationError, before anything is made, where a worker cannot be kept to itself: a single-tasking
 *   workspace knows no capacity (https://www.twilio.com/docs/taskrouter/multitasking)
 */
export async function chooseSeclusion(workspace: WorkspaceContext, name: ProofName): Promise<Seclusion> {
  const evaluateWorkerAttributes = JSON.stringify(name.attributes);
  const strangers = others(await workspace.taskQueues.list({ evaluateWorkerAttributes, pageSize: 1000 }));
  if (strangers.length === 0) return 'none';
  const { multiTaskEnabled } = await workspace.fetch();
  if (multiTaskEnabled) return 'own-channel';
  throw unsafe(strangers);
}

/**
 * Looks again once the worker is there, for expressions see the fields of a worker as well as its attributes.
 * @throws ConfigurationError
 */
export async function requireSeclusion(workspace: WorkspaceContext, workerSid: string): Promise<void> {
  const strangers = others(await workspace.taskQueues.list({ workerSid, pageSize: 1000 }));
  if (strangers.length > 0) throw unsafe(strangers);
}

function others(queues: readonly TaskQueueInstance[]): TaskQueueInstance[] {
  return queues.filter(({ friendlyName }) => readProofName(friendlyName) === null);
}

function unsafe(strangers: readonly TaskQueueInstance[]): ConfigurationError {
  const queues = strangers.map((queue) => `"${queue.friendlyName}" (${queue.targetWorkers ?? '1==1'})`);
  return new ConfigurationError([
    `The deployment cannot be proved in this workspace: ${queues.join(', ')} would offer tasks to the proof's worker. Let the queue ask for an attribute that your workers have, or deploy with --no-prove.`,
  ]);
}
