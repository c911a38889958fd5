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
type Part = (call: ApiRequest) => object;
interface Statistics {
  readonly cumulative: Part;
  readonly realTime: Part;
}

const alone = (part: Part) => (call: ApiRequest) => ok({ ...identity(call), ...part(call) });
const both = (parts: Statistics) => (call: ApiRequest) =>
  ok({ ...identity(call), cumulative: parts.cumulative(call), realtime: parts.realTime(call) });

const workspace: Statistics = {
  cumulative(call) {
    const request = readCumulativeRequest(call);
    return workspaceCumulativeJson(workspaceCumulative(call.taskRouter, request), request.window);
  },
  realTime(call) {
    const { view } = call.context;
    const { sid } = call.row('workspaces');
    const workers = countWorkers(view, sid, view.all('workers', sid));
    return workspaceRealTimeJson(tasksBy(call, 'workspaceSid')(sid), workers);
  },
};

const workflow: Statistics = {
  cumulative(call) {
    checkWorkerLimit(call.context.view, call.row('workspaces').sid);
    const request = readCumulativeRequest(call);
    const figures = workflowCumulative(call.taskRouter, request, call.row('workflows').sid);
    return workflowCumulativeJson(figures, request.window);
  },
  realTime(call) {
    checkWorkerLimit(call.context.view, call.row('workspaces').sid);
    return tasksJson(tasksBy(call, 'workflowSid')(call.row('workflows').sid));
  },
};

const taskQueue: Statistics = {
  cumulative(call) {
    const request = readCumulativeRequest(call);
    const figures = taskQueueCumulative(call.taskRouter, request, call.row('taskQueues').sid);
    return taskQueueCumulativeJson(figures, request.window);
  },
  realTime(call) {
    const { sid } = call.row('taskQueues');
    return taskQueueRealTimeJson(tasksBy(call, 'taskQueueSid')(sid), workersOfQueue(call, sid));
  },
};

/** `whom` answers the workers that are meant, null for everybody. */
const workers = (whom: (call: ApiRequest) => readonly Worker[] | null): Statistics => ({
  cumulative(call) {
    checkWorkerLimit(call.context.view, call.row('workspaces').sid);
    const request = readWorkersRequest(call, whom(call));
    const figures = countWorkersCumulative(call.taskRouter, call.context.view, request, call.context.now);
    return workersCumulativeJson(figures, request.window);
  },
  realTime(call) {
    const { view } = call.context;
    const { sid } = call.row('workspaces');
    checkWorkerLimit(view, sid);
    return workersRealTimeJson(countWorkers(view, sid, whom(call) ?? view.all('workers', sid)));
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

export function fetchWorkerInstanceStatistics(call: ApiRequest): ApiResponse {
  checkWorkerLimit(call.context.view, call.row('workspaces').sid);
  const request = readWorkersRequest(call, [call.row('workers')]);
  const figures = countWorkersCumulative(call.taskRouter, call.context.view, request, call.context.now);
  return ok({ ...identity(call), cumulative: workersCumulativeJson(figures, request.window) });
}

export function listTaskQueuesStatistics(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  const { sid: workspaceSid } = call.row('workspaces');
  const request = readCumulativeRequest(call);
  const cumulative = taskQueuesCumulative(call.taskRouter, request);
  const tasks = tasksBy(call, 'taskQueueSid');
  return listRows(call, {
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
      cumulative: taskQueueCumulativeJson(cumulative(sid), request.window),
      realtime: taskQueueRealTimeJson(tasks(sid), workersOfQueue(call, sid)),
    }),
  });
}

/** Asked by POST, yet a read. A queue that this workspace does not have has zeros. */
export async function createTaskQueueBulkRealTimeStatistics(call: ApiRequest): Promise<ApiResponse> {
  const sids = readTaskQueueSids(call);
  return call.taskRouter.read(() => {
    const { view, now } = call.context;
    const request = { workspaceSid: call.row('workspaces').sid, taskChannel: undefined };
    const tasks = countTasks(view, request, (task) => task.taskQueueSid, now);
    const data = sids.map((sid) => ({
      task_queue_sid: sid,
      ...bulkTaskQueueJson(tasks(sid), workersOfQueue(call, sid)),
    }));
    return ok({ ...identity(call), task_queue_data: data, task_queue_response_count: data.length });
  });
}

/** What every resource begins with: whose it is, and where it was read. */
function identity(call: ApiRequest) {
  const { accountSid, root } = call.context;
  return {
    account_sid: accountSid,
    workspace_sid: call.row('workspaces').sid,
    ...(call.has('taskQueues') && { task_queue_sid: call.row('taskQueues').sid }),
    ...(call.has('workflows') && { workflow_sid: call.row('workflows').sid }),
    ...(call.has('workers') && { worker_sid: call.row('workers').sid }),
    url: `${root}${call.path.replace(/^\/v1/, '')}`,
  };
}

function tasksBy(
  call: ApiRequest,
  owner: 'workspaceSid' | 'workflowSid' | 'taskQueueSid',
): (sid: string) => TaskFigures {
  const { view, now } = call.context;
  return countTasks(view, readTasksRequest(call), (task) => task[owner], now);
}

function workersOfQueue(call: ApiRequest, taskQueueSid: string) {
  const { view } = call.context;
  const { sid } = call.row('workspaces');
  return countWorkers(view, sid, eligibleWorkers(view, sid, taskQueueSid));
}
