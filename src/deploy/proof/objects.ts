import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { ProofFailed } from './proof-failed';
import type { ProofName } from './proof-name';
import { requireSeclusion, type Seclusion } from './proof-safety';

/** What a proof has made, by sid. */
export interface ProofObjects {
  readonly workflowSid: string;
  readonly workerSid: string;
  /** Of the task; the workspace's default unless the proof has one of its own. */
  readonly taskChannel: string | undefined;
}

/** Our choice, in s: longer than a proof takes. */
const reservationTimeout = 120;

/**
 * A task queue that takes the proof's worker and no other, a workflow that takes the proof's task and no other, and that
 * worker, unavailable. The task queue comes first: by it everything else is found again.
 */
export async function makeProofObjects(
  workspace: WorkspaceContext,
  name: ProofName,
  functionsUrl: string,
  seclusion: Seclusion,
): Promise<ProofObjects> {
  const { friendlyName, expression } = name;
  const queue = await workspace.taskQueues.create({ friendlyName, targetWorkers: expression });
  const filter = { filter_friendly_name: friendlyName, expression, targets: [{ queue: queue.sid }] };
  const workflow = await workspace.workflows.create({
    friendlyName,
    configuration: JSON.stringify({ task_routing: { filters: [filter] } }),
    // Whatever the environment says of other workflows, this one's callback accepts.
    assignmentCallbackUrl: `${functionsUrl}/assignment-callback?instruction=accept`,
    taskReservationTimeout: reservationTimeout,
  });
  const channel = seclusion === 'own-channel' ? await makeChannel(workspace, name) : undefined;
  const worker = await workspace.workers.create({
    friendlyName,
    attributes: JSON.stringify(name.attributes),
    activitySid: await findActivity(workspace, false),
  });
  if (channel) await closeOtherChannels(workspace, worker.sid, channel);
  else await requireSeclusion(workspace, worker.sid);
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
    `Nobody could work in it: add an ${kind} activity to the workspace file.`,
  );
}

async function makeChannel(workspace: WorkspaceContext, { channelName }: ProofName): Promise<string> {
  await workspace.taskChannels.create({ friendlyName: channelName, uniqueName: channelName });
  return channelName;
}

/** Without capacity on a channel a worker is offered nothing on it. */
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
