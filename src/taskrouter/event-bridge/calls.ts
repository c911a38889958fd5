import { NotBuilt } from '../model/errors';
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
import * as reservations from './resources/reservations';
import * as tasks from './resources/tasks';
import * as transfers from './resources/transfers';
import * as workers from './resources/workers';
import * as workspace from './resources/workspace';

export interface CallType {
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

/** All calls of the worker SDK. Source: its requests, https://github.com/twilio/twilio-taskrouter.js */
export const callTypes: readonly CallType[] = [
  get(`${root}/Activities`, everyone, workspace.listActivities, paging),
  get(`${root}/Workers`, supervisor, workers.listWorkers, [...workers.filters, ...paging]),
  get(worker, ownWorkerOrSupervisor, workers.fetchWorker),
  post(worker, ownWorkerOrSupervisor, workers.updateWorker, workers.updateParameters),
  get(`${worker}/WorkerChannels`, ownWorkerOrSupervisor, workers.listChannels, paging),
  get(`${worker}/Reservations`, ownWorkerOrSupervisor, reservations.listReservations, ['Active', ...paging]),
  get(`${worker}/Reservations/:reservations`, ownWorkerOrSupervisor, reservations.fetchReservation),
  post(
    `${worker}/Reservations/:reservations`,
    ownWorker,
    reservations.updateReservation,
    reservations.updateParameters,
  ),
  post(`${worker}/Transfers`, ownWorker, transfers.createTransfer, transfers.createParameters),
  post(`${worker}/Transfers/:transfers`, ownWorker, transfers.updateTransfer, transfers.updateParameters),
  ...['CustomerParticipant', 'WorkerParticipant', 'HoldWorkerParticipant', 'KickWorkerParticipant'].map(
    (name) => post(`${worker}/${name}`, ownWorker, notBuilt(`Changing a participant of a call (${name})`)),
  ),
  get(`${root}/TaskQueues`, supervisor, workspace.listTaskQueues, [...workspace.taskQueueFilters, ...paging]),
  get(`${root}/TaskQueues/:taskQueues`, supervisor, workspace.fetchTaskQueue),
  post(`${root}/Tasks`, everyone, tasks.createTask, tasks.createParameters),
  get(task, taskHolderOrSupervisor, tasks.fetchTask),
  post(task, taskHolder, tasks.updateTask, tasks.updateParameters),
  post(`${task}/Reservations/:reservations`, supervisor, notBuilt('Supervising a call')),
];

function get(
  path: string,
  permission: Permission,
  handle: CallType['handle'],
  parameters: readonly string[] = [],
): CallType {
  return { method: 'GET', path, permission, handle, parameters };
}

function post(
  path: string,
  permission: Permission,
  handle: CallType['handle'],
  parameters: readonly string[] = [],
): CallType {
  return { method: 'POST', path, permission, handle, parameters };
}

function notBuilt(what: string): CallType['handle'] {
  return () => {
    throw new NotBuilt(what);
  };
}
