import { randomBytes } from 'node:crypto';
import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import { ConfigurationError } from '../../system/config';
import { ProofFailed } from './checks';

/** Identifies everything that one proof creates: names that nobody else uses, and an attribute with its nonce. */
export interface ProofName {
  readonly nonce: string;
  /** The name of the task queue, the workflow, and the worker. */
  readonly friendlyName: string;
  /** The name of the task channel, which may not contain hyphens. */
  readonly channelName: string;
  /** The attributes of the worker and of the task. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Matches the proof's worker in the task queue and the proof's task in the workflow. */
  readonly expression: string;
}

/** @param nonce 16 random hexadecimal digits */
export function proofName(nonce: string): ProofName {
  return {
    nonce,
    friendlyName: `taskrouter proof ${nonce}`,
    channelName: `taskrouter_proof_${nonce}`,
    attributes: { taskrouter_proof: nonce },
    expression: `taskrouter_proof == "${nonce}"`,
  };
}

export const newNonce = () => randomBytes(8).toString('hex');

/** The proof that created an object of this name; null when no proof did. */
export function readProofName(friendlyName: string): ProofName | null {
  const nonce = /^taskrouter proof ([0-9a-f]{16})$/.exec(friendlyName)?.[1];
  return nonce === undefined ? null : proofName(nonce);
}

/**
 * How the proof's worker is isolated from other tasks. The worker is available for a few seconds. A task queue that
 * matches every worker (`1==1`) could offer it a task that nobody would handle.
 * `none`: there is no such queue. `own-channel`: the worker has capacity only on the proof's own task channel.
 */
type Isolation = 'none' | 'own-channel';

/**
 * Chooses a task channel only where one is needed, because it adds a worker channel to every worker of the workspace.
 * @throws ConfigurationError, before anything is created, when the worker cannot be isolated: a single-tasking workspace
 *   has no capacity (https://www.twilio.com/docs/taskrouter/multitasking)
 */
export async function chooseIsolation(workspace: WorkspaceContext, name: ProofName): Promise<Isolation> {
  const evaluateWorkerAttributes = JSON.stringify(name.attributes);
  const queues = otherQueues(await workspace.taskQueues.list({ evaluateWorkerAttributes, pageSize: 1000 }));
  if (queues.length === 0) return 'none';
  const { multiTaskEnabled } = await workspace.fetch();
  if (multiTaskEnabled) return 'own-channel';
  throw notIsolated(queues);
}

/**
 * Checks again once the worker exists, because expressions can match a worker's fields as well as its attributes.
 * @throws ConfigurationError
 */
async function requireIsolation(workspace: WorkspaceContext, workerSid: string): Promise<void> {
  const queues = otherQueues(await workspace.taskQueues.list({ workerSid, pageSize: 1000 }));
  if (queues.length > 0) throw notIsolated(queues);
}

function otherQueues(queues: readonly TaskQueueInstance[]): TaskQueueInstance[] {
  return queues.filter(({ friendlyName }) => readProofName(friendlyName) === null);
}

function notIsolated(queues: readonly TaskQueueInstance[]): ConfigurationError {
  const described = queues.map((queue) => `"${queue.friendlyName}" (${queue.targetWorkers ?? '1==1'})`);
  return new ConfigurationError([
    `The deployment cannot be proved in this workspace: ${described.join(', ')} would offer tasks to the proof's worker. Make the queue require an attribute that your workers have, or deploy with --no-prove.`,
  ]);
}

/** The objects that a proof created. */
export interface ProofObjects {
  readonly workflowSid: string;
  readonly workerSid: string;
  /** The unique name of the proof's own task channel; undefined for the default channel. */
  readonly taskChannel: string | undefined;
}

/** Our choice, in s: longer than a proof takes. */
const reservationTimeout = 120;

/**
 * Creates a task queue that matches only the proof's worker, a workflow that matches only the proof's task, and the
 * worker, unavailable. The task queue comes first because a later proof finds everything else through it.
 */
export async function createProofObjects(
  workspace: WorkspaceContext,
  name: ProofName,
  functionsUrl: string,
  isolation: Isolation,
): Promise<ProofObjects> {
  const { friendlyName, expression } = name;
  const queue = await workspace.taskQueues.create({ friendlyName, targetWorkers: expression });
  const filter = { filter_friendly_name: friendlyName, expression, targets: [{ queue: queue.sid }] };
  const workflow = await workspace.workflows.create({
    friendlyName,
    configuration: JSON.stringify({ task_routing: { filters: [filter] } }),
    // Overrides ASSIGNMENT_INSTRUCTION for this workflow.
    assignmentCallbackUrl: `${functionsUrl}/assignment-callback?instruction=accept`,
    taskReservationTimeout: reservationTimeout,
  });
  const channel = isolation === 'own-channel' ? await createChannel(workspace, name) : undefined;
  const worker = await workspace.workers.create({
    friendlyName,
    attributes: JSON.stringify(name.attributes),
    activitySid: await findActivity(workspace, false),
  });
  if (channel) await closeOtherChannels(workspace, worker.sid, channel);
  else await requireIsolation(workspace, worker.sid);
  return { workflowSid: workflow.sid, workerSid: worker.sid, taskChannel: channel };
}

/** @throws ProofFailed when the workspace has no such activity */
export async function findActivity(workspace: WorkspaceContext, available: boolean): Promise<string> {
  const activities = await workspace.activities.list({ pageSize: 100 });
  const activity = activities.find((each) => each.available === available);
  if (activity) return activity.sid;
  const kind = available ? 'available' : 'unavailable';
  throw new ProofFailed(
    `The workspace has no ${kind} activity.`,
    `Add an ${kind} activity to the workspace file.`,
  );
}

async function createChannel(workspace: WorkspaceContext, { channelName }: ProofName): Promise<string> {
  await workspace.taskChannels.create({ friendlyName: channelName, uniqueName: channelName });
  return channelName;
}

/** A worker without capacity on a channel receives no offers on it. */
async function closeOtherChannels(
  workspace: WorkspaceContext,
  workerSid: string,
  own: string,
): Promise<void> {
  const worker = workspace.workers(workerSid);
  for (const { sid, taskChannelUniqueName } of await worker.workerChannels.list({ pageSize: 100 })) {
    if (taskChannelUniqueName !== own) await worker.workerChannels(sid).update({ capacity: 0 });
  }
}
