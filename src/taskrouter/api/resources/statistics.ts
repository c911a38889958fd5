import { when } from '../../http/filters';
import type { TaskQueue, Worker } from '../../model/entities';
import {
  taskQueueCumulative,
  taskQueuesCumulative,
  workflowCumulative,
  workspaceCumulative,
} from '../../statistics/cumulative';
import { countTasks, type TaskFigures, type TasksRequest } from '../../statistics/real-time-tasks';
import { countWorkers, countWorkersByQueue } from '../../statistics/real-time-workers';
import { checkWorkerLimit } from '../../statistics/worker-limit';
import { workersCumulative } from '../../statistics/workers-cumulative';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
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
import { pageOf, readPage } from '../paging';
import {
  readCumulativeRequest,
  readTaskQueueSids,
  readTasksRequest,
  readWindow,
  readWorkers,
  readWorkersRequest,
} from '../statistics-parameters';

type Handle = (request: ApiRequest) => Promise<ApiResponse>;

/** One part of a statistics resource, and the two together. Each takes what it needs of the state before it waits. */
type Part = (request: ApiRequest) => Promise<object>;
interface Statistics {
  readonly cumulative: Part;
  readonly realTime: Part;
}

/** The events of the window are loaded first, so that all figures are those of one moment. */
const loaded =
  (handle: Handle): Handle =>
  async (request) => {
    const { history } = request;
    const { sid } = request.row('workspaces');
    const { from } = readWindow(request);
    if (history.isLoaded(sid, from)) return handle(request);
    await history.load(sid, from);
    return handle(request.again());
  };

const alone =
  (part: Part): Handle =>
  async (request) =>
    ok({ ...identity(request), ...(await part(request)) });
const cumulativeOf = (parts: Statistics) => loaded(alone(parts.cumulative));
const realTimeOf = (parts: Statistics) => alone(parts.realTime);
const both = (parts: Statistics) =>
  loaded(async (request) => {
    const [cumulative, realtime] = await Promise.all([parts.cumulative(request), parts.realTime(request)]);
    return ok({ ...identity(request), cumulative, realtime });
  });

const workspace: Statistics = {
  async cumulative(request) {
    const query = readCumulativeRequest(request);
    return workspaceCumulativeJson(await workspaceCumulative(request.history, query), query.window);
  },
  async realTime(request) {
    const { view } = request.context;
    const { sid } = request.row('workspaces');
    const [tasks, workers] = await Promise.all([
      tasksBy(request, 'workspaceSid'),
      countWorkers(request.history.slices, view, sid, view.all('workers', sid)),
    ]);
    return workspaceRealTimeJson(tasks(sid), workers);
  },
};

const workflow: Statistics = {
  async cumulative(request) {
    checkWorkerLimit(request.context.view, request.row('workspaces').sid);
    const query = readCumulativeRequest(request);
    const { sid } = request.row('workflows');
    return workflowCumulativeJson(await workflowCumulative(request.history, query, sid), query.window);
  },
  async realTime(request) {
    checkWorkerLimit(request.context.view, request.row('workspaces').sid);
    const tasks = await tasksBy(request, 'workflowSid');
    return tasksJson(tasks(request.row('workflows').sid));
  },
};

const taskQueue: Statistics = {
  async cumulative(request) {
    const query = readCumulativeRequest(request);
    const { sid } = request.row('taskQueues');
    return taskQueueCumulativeJson(await taskQueueCumulative(request.history, query, sid), query.window);
  },
  async realTime(request) {
    const { sid } = request.row('taskQueues');
    const [tasks, workers] = await Promise.all([
      tasksBy(request, 'taskQueueSid'),
      workersByQueue(request, [sid]),
    ]);
    return taskQueueRealTimeJson(tasks(sid), workers(sid));
  },
};

/** @param whom returns the selected workers, or null for all */
const workers = (whom: (request: ApiRequest) => readonly Worker[] | null): Statistics => ({
  async cumulative(request) {
    const { view, now } = request.context;
    checkWorkerLimit(view, request.row('workspaces').sid);
    const query = readWorkersRequest(request, whom(request));
    return workersCumulativeJson(await workersCumulative(request.history, view, query, now), query.window);
  },
  async realTime(request) {
    const { view } = request.context;
    const { sid } = request.row('workspaces');
    checkWorkerLimit(view, sid);
    const selected = whom(request) ?? view.all('workers', sid);
    return workersRealTimeJson(await countWorkers(request.history.slices, view, sid, selected));
  },
});
const everybody = workers(() => null);
const oneWorker = workers((request) => [request.row('workers')]);

export const fetchWorkspaceCumulativeStatistics = cumulativeOf(workspace);
export const fetchWorkspaceRealTimeStatistics = realTimeOf(workspace);
export const fetchWorkspaceStatistics = both(workspace);
export const fetchWorkflowCumulativeStatistics = cumulativeOf(workflow);
export const fetchWorkflowRealTimeStatistics = realTimeOf(workflow);
export const fetchWorkflowStatistics = both(workflow);
export const fetchTaskQueueCumulativeStatistics = cumulativeOf(taskQueue);
export const fetchTaskQueueRealTimeStatistics = realTimeOf(taskQueue);
export const fetchTaskQueueStatistics = both(taskQueue);
export const fetchWorkersCumulativeStatistics = cumulativeOf(everybody);
export const fetchWorkersRealTimeStatistics = realTimeOf(everybody);
/** Only the combined form is documented to take FriendlyName, TaskQueueSid and TaskQueueName. */
export const fetchWorkerStatistics = both(workers(readWorkers));
export const fetchWorkerInstanceStatistics = loaded(async (request) =>
  ok({ ...identity(request), cumulative: await oneWorker.cumulative(request) }),
);

export const listTaskQueuesStatistics = loaded(async (request) => {
  const { context, history } = request;
  const query = readCumulativeRequest(request);
  const { pageRequest, window } = readPage(request, queues(request));
  const sids = window.rows.map(({ sid }) => sid);
  const [cumulative, tasks, workers] = await Promise.all([
    taskQueuesCumulative(history, query),
    tasksBy(request, 'taskQueueSid'),
    workersByQueue(request, sids),
  ]);
  const rows = new Map<string, object>();
  await history.slices.each(sids, (sid) =>
    rows.set(sid, {
      account_sid: context.accountSid,
      workspace_sid: query.workspaceSid,
      task_queue_sid: sid,
      cumulative: taskQueueCumulativeJson(cumulative(sid), query.window),
      realtime: taskQueueRealTimeJson(tasks(sid), workers(sid)),
    }),
  );
  const list = {
    key: 'task_queues_statistics',
    filters: ['EndDate', 'FriendlyName', 'Minutes', 'StartDate', 'TaskChannel', 'SplitByWaitTime'],
    format: ({ sid }: TaskQueue) => rows.get(sid) ?? {},
  };
  return pageOf(request, pageRequest, list, window);
});

function queues(request: ApiRequest) {
  const { parameters, context } = request;
  return {
    table: 'taskQueues',
    rows: context.view.all('taskQueues', request.row('workspaces').sid),
    tests: [when(parameters.text('FriendlyName'), (queue: TaskQueue, name) => queue.friendlyName === name)],
  } as const;
}

/** A read, although it is a POST. An unknown queue has zeros. */
export async function createTaskQueueBulkRealTimeStatistics(request: ApiRequest): Promise<ApiResponse> {
  const sids = readTaskQueueSids(request);
  return request.taskRouter.read(async () => {
    const query = { workspaceSid: request.row('workspaces').sid, taskChannel: undefined };
    const [tasks, workers] = await Promise.all([
      tasksBy(request, 'taskQueueSid', query),
      workersByQueue(request, sids),
    ]);
    const data = sids.map((sid) => ({ task_queue_sid: sid, ...bulkTaskQueueJson(tasks(sid), workers(sid)) }));
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
  query: TasksRequest = readTasksRequest(request),
): Promise<(sid: string) => TaskFigures> {
  const { view, now } = request.context;
  return countTasks(request.history.slices, view, query, (task) => task[owner], now);
}

function workersByQueue(request: ApiRequest, taskQueueSids: readonly string[]) {
  const { sid } = request.row('workspaces');
  return countWorkersByQueue(request.history.slices, request.context.view, sid, taskQueueSids);
}
