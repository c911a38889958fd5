import {
  type Call,
  everyone,
  ownWorker,
  ownWorkerOrSupervisor,
  type Permission,
  supervisor,
  taskHolder,
  taskHolderOrSupervisor,
} from './call';
import * as participants from './resources/participants';
import * as reservations from './resources/reservations';
import * as tasks from './resources/tasks';
import * as transfers from './resources/transfers';
import * as workers from './resources/workers';
import * as workspace from './resources/workspace';

export interface CallType {
  /** As the same operation of the REST API is named, for the log of requests. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** A path parameter is named after the table in which it is looked up, as in the REST API. */
  readonly path: string;
  readonly permission: Permission;
  readonly handle: (call: Call) => object | Promise<object>;
  readonly parameters: readonly string[];
}

const paging = ['PageSize', 'AfterSid', 'NextToken'];

const root = 'Workspaces/:workspaces';
const worker = `${root}/Workers/:workers`;
const task = `${root}/Tasks/:tasks`;

const participantCalls = [
  ['CustomerParticipant', participants.updateCustomer, participants.customerParameters],
  ['WorkerParticipant', participants.updateWorker, participants.workerParameters],
  ['HoldWorkerParticipant', participants.holdWorker, participants.holdWorkerParameters],
  ['KickWorkerParticipant', participants.kickWorker, participants.kickWorkerParameters],
] as const;

/** All calls of the worker SDK. Source: its requests, https://github.com/twilio/twilio-taskrouter.js */
export const callTypes: readonly CallType[] = [
  get('ListActivity', `${root}/Activities`, everyone, workspace.listActivities, paging),
  get('ListWorker', `${root}/Workers`, supervisor, workers.listWorkers, [...workers.filters, ...paging]),
  get('FetchWorker', worker, ownWorkerOrSupervisor, workers.fetchWorker),
  post('UpdateWorker', worker, ownWorkerOrSupervisor, workers.updateWorker, workers.updateParameters),
  get('ListWorkerChannel', `${worker}/WorkerChannels`, ownWorkerOrSupervisor, workers.listChannels, paging),
  get(
    'ListWorkerReservation',
    `${worker}/Reservations`,
    ownWorkerOrSupervisor,
    reservations.listReservations,
    ['Active', ...paging],
  ),
  get(
    'FetchWorkerReservation',
    `${worker}/Reservations/:reservations`,
    ownWorkerOrSupervisor,
    reservations.fetchReservation,
  ),
  post(
    'UpdateWorkerReservation',
    `${worker}/Reservations/:reservations`,
    ownWorker,
    reservations.updateReservation,
    reservations.updateParameters,
  ),
  post(
    'CreateTransfer',
    `${worker}/Transfers`,
    ownWorker,
    transfers.createTransfer,
    transfers.createParameters,
  ),
  post(
    'UpdateTransfer',
    `${worker}/Transfers/:transfers`,
    ownWorker,
    transfers.updateTransfer,
    transfers.updateParameters,
  ),
  ...participantCalls.map(([name, handle, parameters]) =>
    post(`Update${name}`, `${worker}/${name}`, ownWorker, handle, parameters),
  ),
  get('ListTaskQueue', `${root}/TaskQueues`, supervisor, workspace.listTaskQueues, [
    ...workspace.taskQueueFilters,
    ...paging,
  ]),
  get('FetchTaskQueue', `${root}/TaskQueues/:taskQueues`, supervisor, workspace.fetchTaskQueue),
  post('CreateTask', `${root}/Tasks`, everyone, tasks.createTask, tasks.createParameters),
  get('FetchTask', task, taskHolderOrSupervisor, tasks.fetchTask),
  post('UpdateTask', task, taskHolder, tasks.updateTask, tasks.updateParameters),
  post(
    'SuperviseReservation',
    `${task}/Reservations/:reservations`,
    supervisor,
    reservations.superviseReservation,
    reservations.superviseParameters,
  ),
];

function get(
  name: string,
  path: string,
  permission: Permission,
  handle: CallType['handle'],
  parameters: readonly string[] = [],
): CallType {
  return { name, method: 'GET', path, permission, handle, parameters };
}

function post(
  name: string,
  path: string,
  permission: Permission,
  handle: CallType['handle'],
  parameters: readonly string[] = [],
): CallType {
  return { name, method: 'POST', path, permission, handle, parameters };
}
