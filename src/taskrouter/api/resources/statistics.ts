import type { TaskQueue, Worker } from '../../model/entities';
import {
  taskQueueCumulative,
  taskQueuesCumulative,
  workflowCumulative,
  workspaceCumulative,
} from '../../statistics/cumulative';
import { countTasks, type TaskFigures } from '../../statistics/real-time-tasks';
import { countWorkers, eligibleWorkers } from '../../statistics/real-time-workers';
import { checkWorkerLimit } from '../../statistics/worker-limit';
import { workersCumulative as countWorkersCumulative } from '../../statistics/workers-cumulative';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { filtered, when } from '../filters';
import {
  bulkTaskQueueJson,
  taskQueueCumulativeJson,
  taskQueueRealTimeJson,
  tasksJson,
  workersCumulativeJson,
  workersRealTimeJson,
  workflowCumulativeJson,
  workspaceCumulativeJson,
  workspaceRealTimeJson,
} from '../formats/statistics';
import { listRows } from '../paging';
import {
  readCumulativeRequest,
  readTaskQueueSids,
  readTasksRequest,
  readWorkers,
  readWorkersRequest,
} from '../statistics-parameters';

/** One part of a statistics resource, and the two together. */
type Part = (request: ApiRequest) => object;
interface Statistics {
  readonly cumulative: Part;
  readonly realTime: Part;
}

const alone = (part: Part) => (request: ApiRequest) => ok({ ...identity(request), ...part(request) });
const both = (parts: Statistics) => (request: ApiRequest) =>
  ok({ ...identity(request), cumulative: parts.cumulative(request), realtime: parts.realTime(request) });

const workspace: Statistics = {
  cumulative(request) {
    const query = readCumulativeRequest(request);
    return workspaceCumulativeJson(workspaceCumulative(request.taskRouter, query), query.window);
  },
  realTime(request) {
    const { view } = request.context;
    const { sid } = request.row('workspaces');
    const workers = countWorkers(view, sid, view.all('workers', sid));
    return workspaceRealTimeJson(tasksBy(request, 'workspaceSid')(sid), workers);
  },
};

const workflow: Statistics = {
  cumulative(request) {
    checkWorkerLimit(request.context.view, request.row('workspaces').sid);
    const query = readCumulativeRequest(request);
    const figures = workflowCumulative(request.taskRouter, query, request.row('workflows').sid);
    return workflowCumulativeJson(figures, query.window);
  },
  realTime(request) {
    checkWorkerLimit(request.context.view, request.row('workspaces').sid);
    return tasksJson(tasksBy(request, 'workflowSid')(request.row('workflows').sid));
  },
};

const taskQueue: Statistics = {
  cumulative(request) {
    const query = readCumulativeRequest(request);
    const figures = taskQueueCumulative(request.taskRouter, query, request.row('taskQueues').sid);
    return taskQueueCumulativeJson(figures, query.window);
  },
  realTime(request) {
    const { sid } = request.row('taskQueues');
    return taskQueueRealTimeJson(tasksBy(request, 'taskQueueSid')(sid), workersOfQueue(request, sid));
  },
};

/** @param whom returns the selected workers, or null for all */
const workers = (whom: (request: ApiRequest) => readonly Worker[] | null): Statistics => ({
  cumulative(request) {
    checkWorkerLimit(request.context.view, request.row('workspaces').sid);
    const query = readWorkersRequest(request, whom(request));
    const figures = countWorkersCumulative(
      request.taskRouter,
      request.context.view,
      query,
      request.context.now,
    );
    return workersCumulativeJson(figures, query.window);
  },
  realTime(request) {
    const { view } = request.context;
    const { sid } = request.row('workspaces');
    checkWorkerLimit(view, sid);
    return workersRealTimeJson(countWorkers(view, sid, whom(request) ?? view.all('workers', sid)));
  },
});
const everybody = workers(() => null);

export const fetchWorkspaceCumulativeStatistics = alone(workspace.cumulative);
export const fetchWorkspaceRealTimeStatistics = alone(workspace.realTime);
export const fetchWorkspaceStatistics = both(workspace);
export const fetchWorkflowCumulativeStatistics = alone(workflow.cumulative);
export const fetchWorkflowRealTimeStatistics = alone(workflow.realTime);
export const fetchWorkflowStatistics = both(workflow);
export const fetchTaskQueueCumulativeStatistics = alone(taskQueue.cumulative);
export const fetchTaskQueueRealTimeStatistics = alone(taskQueue.realTime);
export const fetchTaskQueueStatistics = both(taskQueue);
export const fetchWorkersCumulativeStatistics = alone(everybody.cumulative);
export const fetchWorkersRealTimeStatistics = alone(everybody.realTime);
/** Only the combined form is documented to take FriendlyName, TaskQueueSid and TaskQueueName. */
export const fetchWorkerStatistics = both(workers(readWorkers));

export function fetchWorkerInstanceStatistics(request: ApiRequest): ApiResponse {
  checkWorkerLimit(request.context.view, request.row('workspaces').sid);
  const query = readWorkersRequest(request, [request.row('workers')]);
  const figures = countWorkersCumulative(
    request.taskRouter,
    request.context.view,
    query,
    request.context.now,
  );
  return ok({ ...identity(request), cumulative: workersCumulativeJson(figures, query.window) });
}

export function listTaskQueuesStatistics(request: ApiRequest): ApiResponse {
  const { parameters, context } = request;
  const { sid: workspaceSid } = request.row('workspaces');
  const query = readCumulativeRequest(request);
  const cumulative = taskQueuesCumulative(request.taskRouter, query);
  const tasks = tasksBy(request, 'taskQueueSid');
  return listRows(request, {
    table: 'taskQueues',
    key: 'task_queues_statistics',
    filters: ['EndDate', 'FriendlyName', 'Minutes', 'StartDate', 'TaskChannel', 'SplitByWaitTime'],
    rows: filtered(context.view.all('taskQueues', workspaceSid), [
      when(parameters.text('FriendlyName'), (queue: TaskQueue, name) => queue.friendlyName === name),
    ]),
    format: ({ sid }) => ({
      account_sid: context.accountSid,
      workspace_sid: workspaceSid,
      task_queue_sid: sid,
      cumulative: taskQueueCumulativeJson(cumulative(sid), query.window),
      realtime: taskQueueRealTimeJson(tasks(sid), workersOfQueue(request, sid)),
    }),
  });
}

/** A read, although it is a POST. An unknown queue has zeros. */
export async function createTaskQueueBulkRealTimeStatistics(request: ApiRequest): Promise<ApiResponse> {
  const sids = readTaskQueueSids(request);
  return request.taskRouter.read(() => {
    const { view, now } = request.context;
    const query = { workspaceSid: request.row('workspaces').sid, taskChannel: undefined };
    const tasks = countTasks(view, query, (task) => task.taskQueueSid, now);
    const data = sids.map((sid) => ({
      task_queue_sid: sid,
      ...bulkTaskQueueJson(tasks(sid), workersOfQueue(request, sid)),
    }));
    return ok({ ...identity(request), task_queue_data: data, task_queue_response_count: data.length });
  });
}

/** The first properties of every resource: its owners and its URL. */
function identity(request: ApiRequest) {
  const { accountSid, root } = request.context;
  return {
    account_sid: accountSid,
    workspace_sid: request.row('workspaces').sid,
    ...(request.has('taskQueues') && { task_queue_sid: request.row('taskQueues').sid }),
    ...(request.has('workflows') && { workflow_sid: request.row('workflows').sid }),
    ...(request.has('workers') && { worker_sid: request.row('workers').sid }),
    url: `${root}${request.path.replace(/^\/v1/, '')}`,
  };
}

function tasksBy(
  request: ApiRequest,
  owner: 'workspaceSid' | 'workflowSid' | 'taskQueueSid',
): (sid: string) => TaskFigures {
  const { view, now } = request.context;
  return countTasks(view, readTasksRequest(request), (task) => task[owner], now);
}

function workersOfQueue(request: ApiRequest, taskQueueSid: string) {
  const { view } = request.context;
  const { sid } = request.row('workspaces');
  return countWorkers(view, sid, eligibleWorkers(view, sid, taskQueueSid));
}
