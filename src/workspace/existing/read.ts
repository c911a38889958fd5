import pLimit from 'p-limit';
import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import type { WorkflowInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/workflow';
import type { TaskRouterClient } from '../client';
import { withNames } from '../file/configuration-names';
import { WorkspaceFileError } from '../file/desired';
import { type Named, nameOf } from '../file/names';
import type { WrittenConfiguration } from '../file/schema';
import { textWithNames } from '../file/text-references';
import {
  type Directory,
  directoryOf,
  type Existing,
  type ExistingWorker,
  type ExistingWorkspace,
  type TaskQueueFields,
  type WorkflowFields,
} from './existing';

/** A workspace that has a sid. */
export type FoundWorkspace = ExistingWorkspace & { readonly sid: string };

/** Whose channels to read, which takes a request for each worker. Single-tasking workspaces use no channels. */
type ChannelsOf = (worker: string) => boolean;
const nobody: ChannelsOf = () => false;

/**
 * The workspace with that name, in the file's terms; null when there is none.
 * @throws WorkspaceFileError when there are several
 */
export async function readWorkspace(
  client: TaskRouterClient,
  friendlyName: string,
  channelsOf: ChannelsOf = nobody,
): Promise<FoundWorkspace | null> {
  const found = await client.taskrouter.v1.workspaces.list({ friendlyName, ...pages() });
  const [workspace, ...others] = found.filter((each) => each.friendlyName === friendlyName);
  if (others.length > 0) {
    throw new WorkspaceFileError([
      `The account has ${others.length + 1} workspaces named "${friendlyName}". Rename all but one of them.`,
    ]);
  }
  return workspace ? readContents(client, workspace, channelsOf) : null;
}

/** The workspace's settings, and its contents in the order of their creation. */
export async function readContents(
  client: TaskRouterClient,
  workspace: WorkspaceInstance,
  channelsOf: ChannelsOf = nobody,
): Promise<FoundWorkspace> {
  // An instance that came from a list or a creation does not have its sid in its own methods.
  const context = client.taskrouter.v1.workspaces(workspace.sid);
  const lists = await readLists(context);
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
    workers: workspace.multiTaskEnabled ? await readWorkerChannels(context, workers, channelsOf) : workers,
  };
}

async function readLists(workspace: WorkspaceContext) {
  const [taskChannels, activities, taskQueues, workflows, workers] = await Promise.all([
    workspace.taskChannels.list(pages()),
    workspace.activities.list(pages()),
    workspace.taskQueues.list(pages()),
    workspace.workflows.list(pages()),
    workspace.workers.list(pages()),
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
function readEventsFilter(text: string | null): readonly string[] {
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

/** The worker in the file's terms, without channels. */
export function readWorker(worker: WorkerInstance): ExistingWorker {
  return {
    sid: worker.sid,
    friendlyName: worker.friendlyName,
    activity: worker.activityName || null,
    attributes: parseObject<Record<string, unknown>>(worker.attributes),
  };
}

/** The same workers, some with their channels. */
function readWorkerChannels(
  workspace: WorkspaceContext,
  workers: readonly ExistingWorker[],
  channelsOf: ChannelsOf,
): Promise<ExistingWorker[]> {
  return mapConcurrently(workers, async (worker) => {
    if (!worker.sid || !channelsOf(worker.friendlyName)) return worker;
    const channels = await workspace.workers(worker.sid).workerChannels.list(pages());
    const fields = channels.map(({ taskChannelUniqueName, configuredCapacity, available }) => [
      taskChannelUniqueName,
      { capacity: configuredCapacity, available },
    ]);
    return { ...worker, channels: Object.fromEntries(fields) };
  });
}

/** Parses an object, so that white space and the order of keys do not matter. Any other text is returned as it is. */
function parseObject<Value extends object>(text: string): Value | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Value) : text;
  } catch {
    return text;
  }
}

/** By creation, then by name: TaskRouter promises no order, and a pulled file needs one. */
export function inOrder<Item extends Named & { readonly dateCreated: Date | null }>(
  items: readonly Item[],
): Item[] {
  return [...items].sort(
    (left, right) => createdAt(left) - createdAt(right) || compareText(nameOf(left), nameOf(right)),
  );
}

const createdAt = ({ dateCreated }: { readonly dateCreated: Date | null }) => dateCreated?.getTime() ?? 0;

/** By code units: the order of a locale differs between computers. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/**
 * The largest page: https://www.twilio.com/docs/usage/twilios-response#pagination. A new object for each list, because
 * the client keeps its callbacks in it.
 */
export const pages = () => ({ pageSize: 1000 });

/** Our choice: fast, and far below TaskRouter's rate limits. */
const maxConcurrentRequests = 5;

/** `Promise.all` over the items, with a limit on the requests that run at the same time. */
export function mapConcurrently<Item, Result>(
  items: readonly Item[],
  mapOne: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const limit = pLimit(maxConcurrentRequests);
  return Promise.all(items.map((item) => limit(mapOne, item)));
}
