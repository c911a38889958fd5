import type { Twilio } from 'twilio';
import type { WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ActivityInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/activity';
import type { TaskQueueInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/taskQueue';
import type { WorkerInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/worker';
import type { WorkflowInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/workflow';
import { type NameLookup, withNames } from './configuration-names';
import { Directory } from './directory';
import type { Existing, ExistingWorkspace, TaskQueueFields, WorkerFields, WorkflowFields } from './existing';
import type { WrittenConfiguration } from './schema';
import { WorkspaceFileError } from './workspace-file-error';

/** A workspace that has a sid. */
export type FoundWorkspace = ExistingWorkspace & { readonly sid: string };

/**
 * The most that a page holds: https://www.twilio.com/docs/usage/twilios-response#pagination. An object of its own for each
 * list, because the client keeps its callbacks in it.
 */
const pages = () => ({ pageSize: 1000 });

/**
 * The workspace of that name as it is, in the file's terms; null when there is none.
 * @throws WorkspaceFileError when there are several
 */
export async function readWorkspace(client: Twilio, friendlyName: string): Promise<FoundWorkspace | null> {
  const found = await client.taskrouter.v1.workspaces.list({ friendlyName, ...pages() });
  const [workspace, ...others] = found.filter((each) => each.friendlyName === friendlyName);
  if (others.length > 0) {
    throw new WorkspaceFileError([
      `The account has ${others.length + 1} workspaces named "${friendlyName}": rename all but one of them.`,
    ]);
  }
  return workspace ? readContents(client, workspace) : null;
}

/** What is inside, and the workspace's own fields. */
export async function readContents(client: Twilio, workspace: WorkspaceInstance): Promise<FoundWorkspace> {
  // Not by the instance's own methods: one that came from a list or a creation does not know its sid there.
  const inside = client.taskrouter.v1.workspaces(workspace.sid);
  const [activities, taskQueues, workflows, workers] = await Promise.all([
    inside.activities.list(pages()),
    inside.taskQueues.list(pages()),
    inside.workflows.list(pages()),
    inside.workers.list(pages()),
  ]);
  const names = namesOf(activities, taskQueues);
  return {
    sid: workspace.sid,
    friendlyName: workspace.friendlyName,
    multiTaskEnabled: workspace.multiTaskEnabled,
    prioritizeQueueOrder: workspace.prioritizeQueueOrder,
    eventCallbackUrl: workspace.eventCallbackUrl || null,
    eventsFilter: readEventsFilter(workspace.eventsFilter),
    defaultActivity: workspace.defaultActivityName || null,
    timeoutActivity: workspace.timeoutActivityName || null,
    activities: activities.map(({ sid, friendlyName, available }) => ({ sid, friendlyName, available })),
    taskQueues: taskQueues.map(readTaskQueue),
    workflows: workflows.map((workflow) => readWorkflow(workflow, names)),
    workers: workers.map(readWorker),
  };
}

function namesOf(
  activities: readonly ActivityInstance[],
  taskQueues: readonly TaskQueueInstance[],
): Directory {
  const directory = new Directory();
  for (const { sid, friendlyName } of activities) directory.add('activity', friendlyName, sid);
  for (const { sid, friendlyName } of taskQueues) directory.add('taskQueue', friendlyName, sid);
  return directory;
}

/** Twilio's own example has blanks after the commas. */
export function readEventsFilter(text: string | null): readonly string[] {
  const types = (text ?? '').split(',').map((type) => type.trim());
  return types.filter((type) => type !== '').sort();
}

function readTaskQueue(queue: TaskQueueInstance): Existing<TaskQueueFields> {
  return {
    sid: queue.sid,
    friendlyName: queue.friendlyName,
    targetWorkers: queue.targetWorkers || null,
    maxReservedWorkers: queue.maxReservedWorkers,
    taskOrder: queue.taskOrder,
    reservationActivity: queue.reservationActivityName || null,
    assignmentActivity: queue.assignmentActivityName || null,
  };
}

function readWorkflow(workflow: WorkflowInstance, names: NameLookup): Existing<WorkflowFields> {
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

function readWorker(worker: WorkerInstance): Existing<WorkerFields> {
  return {
    sid: worker.sid,
    friendlyName: worker.friendlyName,
    activity: worker.activityName || null,
    attributes: parseObject<Record<string, unknown>>(worker.attributes),
  };
}

/** An object, so that white space and the order of keys do not count; the text itself where it is none. */
function parseObject<Value extends object>(text: string): Value | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Value) : text;
  } catch {
    return text;
  }
}
