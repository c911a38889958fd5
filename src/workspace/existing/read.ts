import type { Twilio } from 'twilio';
import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import type { WorkflowInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/workflow';
import { withNames } from '../file/configuration-names';
import type { WrittenConfiguration } from '../file/schema';
import { textWithNames } from '../file/text-references';
import { WorkspaceFileError } from '../file/workspace-file-error';
import { type Directory, directoryOf } from './directory';
import type { Existing, ExistingWorkspace, TaskQueueFields, WorkflowFields } from './existing';
import { inOrder } from './order';
import { pages } from './pages';
import { parseObject } from './parse-object';
import { readWorker } from './read-worker';
import { readWorkerChannels } from './read-worker-channels';

/** A workspace that has a sid. */
export type FoundWorkspace = ExistingWorkspace & { readonly sid: string };

/** Whose channels are read as well, which takes a request for each worker; a single-tasking workspace uses none. */
export type ChannelsOf = (worker: string) => boolean;
const nobody: ChannelsOf = () => false;

/**
 * The workspace of that name as it is, in the file's terms; null when there is none.
 * @throws WorkspaceFileError when there are several
 */
export async function readWorkspace(
  client: Twilio,
  friendlyName: string,
  channelsOf: ChannelsOf = nobody,
): Promise<FoundWorkspace | null> {
  const found = await client.taskrouter.v1.workspaces.list({ friendlyName, ...pages() });
  const [workspace, ...others] = found.filter((each) => each.friendlyName === friendlyName);
  if (others.length > 0) {
    throw new WorkspaceFileError([
      `The account has ${others.length + 1} workspaces named "${friendlyName}": rename all but one of them.`,
    ]);
  }
  return workspace ? readContents(client, workspace, channelsOf) : null;
}

/** What is inside, in the order in which it was created, and the workspace's own fields. */
export async function readContents(
  client: Twilio,
  workspace: WorkspaceInstance,
  channelsOf: ChannelsOf = nobody,
): Promise<FoundWorkspace> {
  // Not by the instance's own methods: one that came from a list or a creation does not know its sid there.
  const inside = client.taskrouter.v1.workspaces(workspace.sid);
  const lists = await readLists(inside);
  const names = directoryOf(lists);
  const workers = lists.workers.map(readWorker);
  return {
    sid: workspace.sid,
    ...readSettings(workspace),
    taskChannels: lists.taskChannels.map(({ sid, uniqueName, friendlyName, channelOptimizedRouting }) => ({
      sid,
      uniqueName,
      friendlyName,
      channelOptimizedRouting: channelOptimizedRouting === true,
    })),
    activities: lists.activities.map(({ sid, friendlyName, available }) => ({
      sid,
      friendlyName,
      available,
    })),
    taskQueues: lists.taskQueues.map((queue) => readTaskQueue(queue, names)),
    workflows: lists.workflows.map((workflow) => readWorkflow(workflow, names)),
    workers: workspace.multiTaskEnabled ? await readWorkerChannels(inside, workers, channelsOf) : workers,
  };
}

async function readLists(inside: WorkspaceContext) {
  const [taskChannels, activities, taskQueues, workflows, workers] = await Promise.all([
    inside.taskChannels.list(pages()),
    inside.activities.list(pages()),
    inside.taskQueues.list(pages()),
    inside.workflows.list(pages()),
    inside.workers.list(pages()),
  ]);
  return {
    taskChannels: inOrder(taskChannels),
    activities: inOrder(activities),
    taskQueues: inOrder(taskQueues),
    workflows: inOrder(workflows),
    workers: inOrder(workers),
  };
}

function readSettings(workspace: WorkspaceInstance) {
  return {
    friendlyName: workspace.friendlyName,
    multiTaskEnabled: workspace.multiTaskEnabled,
    prioritizeQueueOrder: workspace.prioritizeQueueOrder,
    eventCallbackUrl: workspace.eventCallbackUrl || null,
    eventsFilter: readEventsFilter(workspace.eventsFilter),
    defaultActivity: workspace.defaultActivityName || null,
    timeoutActivity: workspace.timeoutActivityName || null,
  };
}

/** Twilio's own example has blanks after the commas. */
export function readEventsFilter(text: string | null): readonly string[] {
  const types = (text ?? '').split(',').map((type) => type.trim());
  return types.filter((type) => type !== '').sort();
}

function readTaskQueue(queue: TaskQueueInstance, names: Directory): Existing<TaskQueueFields> {
  return {
    sid: queue.sid,
    friendlyName: queue.friendlyName,
    targetWorkers: queue.targetWorkers ? textWithNames(queue.targetWorkers, names) : null,
    maxReservedWorkers: queue.maxReservedWorkers,
    taskOrder: queue.taskOrder,
    reservationActivity: queue.reservationActivityName || null,
    assignmentActivity: queue.assignmentActivityName || null,
  };
}

function readWorkflow(workflow: WorkflowInstance, names: Directory): Existing<WorkflowFields> {
  const configuration = parseObject<WrittenConfiguration>(workflow.configuration);
  return {
    sid: workflow.sid,
    friendlyName: workflow.friendlyName,
    configuration: typeof configuration === 'string' ? configuration : withNames(configuration, names),
    taskReservationTimeout: workflow.taskReservationTimeout,
    assignmentCallbackUrl: workflow.assignmentCallbackUrl || null,
    fallbackAssignmentCallbackUrl: workflow.fallbackAssignmentCallbackUrl || null,
  };
}
