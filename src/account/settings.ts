import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { compileExpression } from '../language/expression';
import {
  parseWorkflowConfiguration,
  type WorkflowConfiguration,
} from '../taskrouter/engine/rules/workflow-configuration';
import type { Tables, TaskQueue } from '../taskrouter/model/entities';
import type { Rows } from '../taskrouter/store/store';
import { type ReadingProgress, readList } from './lists';
import type { RowMaker } from './rows';

/** What tasks and workers refer to. */
export interface Settings {
  readonly rows: Pick<
    Rows,
    'workspaces' | 'activities' | 'taskChannels' | 'taskQueues' | 'workflows' | 'workflowVersions'
  >;
  /** By sid of the workflow; without those that cannot be read. */
  readonly configurations: ReadonlyMap<string, WorkflowConfiguration>;
  readonly notes: readonly string[];
}

export async function readSettings(
  context: WorkspaceContext,
  workspace: WorkspaceInstance,
  maker: RowMaker,
  onProgress: ReadingProgress,
): Promise<Settings> {
  const workflows = await readList('workflows', context.workflows, onProgress);
  const taskQueues = await readList('task queues', context.taskQueues, onProgress);
  const taskChannels = await readList('task channels', context.taskChannels, onProgress);
  const activities = await readList('activities', context.activities, onProgress);
  const queues = taskQueues.map((queue) => readableQueue(maker.taskQueue(queue)));
  const versions = workflows.map((workflow) => readableVersion(maker.workflowVersion(workflow), workflow));
  return {
    rows: {
      workspaces: [maker.workspace(workspace)],
      activities: activities.map((activity) => maker.activity(activity)),
      taskChannels: taskChannels.map((channel) => maker.taskChannel(channel)),
      taskQueues: queues.map(({ row }) => row),
      workflows: workflows.map((workflow) => maker.workflow(workflow)),
      workflowVersions: versions.map(({ row }) => row),
    },
    configurations: new Map(
      versions.flatMap(({ row, configuration }) => (configuration ? [[row.sid, configuration]] : [])),
    ),
    notes: [...queues, ...versions].flatMap(({ note }) => (note === null ? [] : [note])),
  };
}

/** Our choice: an expression that the engine cannot read matches no worker, as on Twilio such expressions never match. */
function readableQueue(row: TaskQueue): { readonly row: TaskQueue; readonly note: string | null } {
  try {
    if (row.targetWorkers) compileExpression(row.targetWorkers);
    return { row, note: null };
  } catch (error) {
    const note = `The expression of the queue ${JSON.stringify(row.friendlyName)} cannot be read, so the queue counts as empty: ${(error as Error).message}`;
    return { row: { ...row, targetWorkers: null }, note };
  }
}

type Version = Tables['workflowVersions'];

/** Our choice: tasks of a workflow that the engine cannot read are explained by their queue alone. */
function readableVersion(row: Version, { friendlyName }: { readonly friendlyName: string }) {
  try {
    return { row, configuration: parseWorkflowConfiguration(row.configuration, true), note: null };
  } catch (error) {
    const note = `The configuration of the workflow ${JSON.stringify(friendlyName)} cannot be read, so its tasks are explained by their queue alone: ${(error as Error).message}`;
    return { row: { ...row, configuration: '{"task_routing":{}}' }, configuration: null, note };
  }
}
