import type { ApiRequest } from './api-request';
import type { ApiResponse } from './api-response';
import * as activities from './resources/activities';
import * as events from './resources/events';
import * as reservations from './resources/reservations';
import * as statistics from './resources/statistics';
import * as taskChannels from './resources/task-channels';
import * as taskQueues from './resources/task-queues';
import * as tasks from './resources/tasks';
import * as workerChannels from './resources/worker-channels';
import * as workers from './resources/workers';
import * as workflows from './resources/workflows';
import * as workspaces from './resources/workspaces';

/** One operation of the REST API, named as in Twilio's OpenAPI description. */
export interface Operation {
  readonly name: string;
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly handle: Handle;
}

type Handle = (request: ApiRequest) => ApiResponse | Promise<ApiResponse>;

const root = '/v1/Workspaces';
const workspace = `${root}/:workspaces`;
const activity = `${workspace}/Activities/:activities`;
const taskChannel = `${workspace}/TaskChannels/:taskChannels`;
const taskQueue = `${workspace}/TaskQueues/:taskQueues`;
const workflow = `${workspace}/Workflows/:workflows`;
const worker = `${workspace}/Workers/:workers`;
const task = `${workspace}/Tasks/:tasks`;

/** All operations. A path parameter is named after the table in which it is looked up (path.ts). */
export const operations: readonly Operation[] = [
  get('ListWorkspace', root, workspaces.listWorkspaces),
  post('CreateWorkspace', root, workspaces.createWorkspace),
  get('FetchWorkspace', workspace, workspaces.fetchWorkspace),
  post('UpdateWorkspace', workspace, workspaces.updateWorkspace),
  remove('DeleteWorkspace', workspace, workspaces.deleteWorkspace),
  get(
    'FetchWorkspaceCumulativeStatistics',
    `${workspace}/CumulativeStatistics`,
    statistics.fetchWorkspaceCumulativeStatistics,
  ),
  get(
    'FetchWorkspaceRealTimeStatistics',
    `${workspace}/RealTimeStatistics`,
    statistics.fetchWorkspaceRealTimeStatistics,
  ),
  get('FetchWorkspaceStatistics', `${workspace}/Statistics`, statistics.fetchWorkspaceStatistics),

  get('ListActivity', `${workspace}/Activities`, activities.listActivities),
  post('CreateActivity', `${workspace}/Activities`, activities.createActivity),
  get('FetchActivity', activity, activities.fetchActivity),
  post('UpdateActivity', activity, activities.updateActivity),
  remove('DeleteActivity', activity, activities.deleteActivity),

  get('ListTaskChannel', `${workspace}/TaskChannels`, taskChannels.listTaskChannels),
  post('CreateTaskChannel', `${workspace}/TaskChannels`, taskChannels.createTaskChannel),
  get('FetchTaskChannel', taskChannel, taskChannels.fetchTaskChannel),
  post('UpdateTaskChannel', taskChannel, taskChannels.updateTaskChannel),
  remove('DeleteTaskChannel', taskChannel, taskChannels.deleteTaskChannel),

  get('ListTaskQueue', `${workspace}/TaskQueues`, taskQueues.listTaskQueues),
  post('CreateTaskQueue', `${workspace}/TaskQueues`, taskQueues.createTaskQueue),
  post(
    'CreateTaskQueueBulkRealTimeStatistics',
    `${workspace}/TaskQueues/RealTimeStatistics`,
    statistics.createTaskQueueBulkRealTimeStatistics,
  ),
  get('FetchTaskQueue', taskQueue, taskQueues.fetchTaskQueue),
  post('UpdateTaskQueue', taskQueue, taskQueues.updateTaskQueue),
  remove('DeleteTaskQueue', taskQueue, taskQueues.deleteTaskQueue),
  get('ListTaskQueuesStatistics', `${workspace}/TaskQueues/Statistics`, statistics.listTaskQueuesStatistics),
  get(
    'FetchTaskQueueCumulativeStatistics',
    `${taskQueue}/CumulativeStatistics`,
    statistics.fetchTaskQueueCumulativeStatistics,
  ),
  get(
    'FetchTaskQueueRealTimeStatistics',
    `${taskQueue}/RealTimeStatistics`,
    statistics.fetchTaskQueueRealTimeStatistics,
  ),
  get('FetchTaskQueueStatistics', `${taskQueue}/Statistics`, statistics.fetchTaskQueueStatistics),

  get('ListWorkflow', `${workspace}/Workflows`, workflows.listWorkflows),
  post('CreateWorkflow', `${workspace}/Workflows`, workflows.createWorkflow),
  get('FetchWorkflow', workflow, workflows.fetchWorkflow),
  post('UpdateWorkflow', workflow, workflows.updateWorkflow),
  remove('DeleteWorkflow', workflow, workflows.deleteWorkflow),
  get(
    'FetchWorkflowCumulativeStatistics',
    `${workflow}/CumulativeStatistics`,
    statistics.fetchWorkflowCumulativeStatistics,
  ),
  get(
    'FetchWorkflowRealTimeStatistics',
    `${workflow}/RealTimeStatistics`,
    statistics.fetchWorkflowRealTimeStatistics,
  ),
  get('FetchWorkflowStatistics', `${workflow}/Statistics`, statistics.fetchWorkflowStatistics),

  get('ListWorker', `${workspace}/Workers`, workers.listWorkers),
  post('CreateWorker', `${workspace}/Workers`, workers.createWorker),
  get(
    'FetchWorkersCumulativeStatistics',
    `${workspace}/Workers/CumulativeStatistics`,
    statistics.fetchWorkersCumulativeStatistics,
  ),
  get(
    'FetchWorkersRealTimeStatistics',
    `${workspace}/Workers/RealTimeStatistics`,
    statistics.fetchWorkersRealTimeStatistics,
  ),
  get('FetchWorkerStatistics', `${workspace}/Workers/Statistics`, statistics.fetchWorkerStatistics),
  get('FetchWorker', worker, workers.fetchWorker),
  post('UpdateWorker', worker, workers.updateWorker),
  remove('DeleteWorker', worker, workers.deleteWorker),
  get('FetchWorkerInstanceStatistics', `${worker}/Statistics`, statistics.fetchWorkerInstanceStatistics),
  get('ListWorkerChannel', `${worker}/Channels`, workerChannels.listWorkerChannels),
  get('FetchWorkerChannel', `${worker}/Channels/:workerChannels`, workerChannels.fetchWorkerChannel),
  post('UpdateWorkerChannel', `${worker}/Channels/:workerChannels`, workerChannels.updateWorkerChannel),
  get('ListWorkerReservation', `${worker}/Reservations`, reservations.listWorkerReservations),
  get('FetchWorkerReservation', `${worker}/Reservations/:reservations`, reservations.fetchWorkerReservation),
  post(
    'UpdateWorkerReservation',
    `${worker}/Reservations/:reservations`,
    reservations.updateWorkerReservation,
  ),

  get('ListTask', `${workspace}/Tasks`, tasks.listTasks),
  post('CreateTask', `${workspace}/Tasks`, tasks.createTask),
  get('FetchTask', task, tasks.fetchTask),
  post('UpdateTask', task, tasks.updateTask),
  remove('DeleteTask', task, tasks.deleteTask),
  get('ListTaskReservation', `${task}/Reservations`, reservations.listTaskReservations),
  get('FetchTaskReservation', `${task}/Reservations/:reservations`, reservations.fetchTaskReservation),
  post('UpdateTaskReservation', `${task}/Reservations/:reservations`, reservations.updateTaskReservation),

  get('ListEvent', `${workspace}/Events`, events.listEvents),
  get('FetchEvent', `${workspace}/Events/:events`, events.fetchEvent),
];

export function get(name: string, path: string, handle: Handle): Operation {
  return { name, method: 'GET', path, handle };
}
export function post(name: string, path: string, handle: Handle): Operation {
  return { name, method: 'POST', path, handle };
}
export function remove(name: string, path: string, handle: Handle): Operation {
  return { name, method: 'DELETE', path, handle };
}
