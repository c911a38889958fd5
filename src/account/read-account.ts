import type { WorkspaceContext, WorkspaceInstance } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { Task } from '../taskrouter/model/entities';
import { withoutDanglingRows } from '../taskrouter/store/contradictions';
import type { TaskRouterClient } from '../workspace/client';
import type { AccountState } from './account-state';
import { mayBeHeld } from './held-tasks';
import { readIdleTimes } from './idle-times';
import { type ReadingProgress, readList } from './lists';
import { readMatchedFilter } from './matched-filter';
import { readReservations } from './reservations';
import { attributesOf, RowMaker } from './rows';
import { readSettings } from './settings';
import { TaskPlaces } from './task-places';
import { readTransfers } from './transfers';
import { readWorkers } from './workers';

export interface ReadingOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly onProgress?: ReadingProgress | undefined;
  /** A task to read even if it is finished, and with its reservations even if it is pending. */
  readonly taskSid?: string | undefined;
}

/**
 * Reads a workspace: its settings, its workers, its unfinished tasks, and the reservations of those that are not pending,
 * have just changed, or were transferred. All requests are GET requests: the pages of lists, one request for each task
 * with reservations and, where channels decide, one for each worker. Three requests for events tell since when workers
 * are idle and which tasks were transferred, and one where a task is.
 * @throws RestException of the client, with its `status`
 */
export async function readAccount(
  client: TaskRouterClient,
  workspace: WorkspaceInstance,
  { now, onProgress = () => undefined, taskSid }: ReadingOptions,
): Promise<AccountState> {
  const context = client.taskrouter.v1.workspaces(workspace.sid);
  const maker = new RowMaker(workspace.sid);
  // First what refers to others, so that what it refers to is there.
  const tasks = await readTasks(context, onProgress, taskSid);
  const settings = await readSettings(context, workspace, maker, onProgress);
  const { workers, workerChannels } = await readWorkers(context, settings, maker, onProgress);
  const time = now();
  const idle = await readIdleTimes(context, workers, settings.rows.activities, time);
  const transfers = await readTransfers(context, time);
  const places = new TaskPlaces(settings, transfers, time);
  const explained = await readMatchedFilter(context, places, tasks, taskSid, time);
  const placed = tasks.map((task) => {
    const attributes = attributesOf(task.attributes);
    const step = places.stepOf(task, attributes, task.sid === taskSid ? explained : undefined);
    return { row: maker.task(task, attributes, step.step), step };
  });
  const rows = withoutDanglingRows({
    ...settings.rows,
    workers: idle.workers,
    workerChannels,
    tasks: placed.map(({ row }) => row),
    reservations: [],
    transfers: [],
    deliveries: [],
    calls: [],
  });
  // A transferred task waits while the worker who transferred it has it still.
  const mayHaveReservations = (task: Task) =>
    task.status !== 'pending' ||
    task.sid === taskSid ||
    mayBeHeld(task, time) ||
    transfers.isTransferred(task.sid, task.dateCreated) === true;
  const reserved = await readReservations(context, rows, maker, onProgress, mayHaveReservations);
  return {
    accountSid: workspace.accountSid,
    workspaceSid: workspace.sid,
    rows: withoutDanglingRows({ ...rows, ...reserved }),
    sequence: maker.sequence,
    now: time,
    steps: new Map(placed.map(({ row, step }) => [row.sid, step])),
    knownIdle: idle.known,
    notes: settings.notes,
  };
}

const unfinished = ['pending', 'reserved', 'assigned', 'wrapping'];

/** @throws RestException with status 404 if there is no task with that sid */
async function readTasks(
  context: WorkspaceContext,
  onProgress: ReadingProgress,
  taskSid: string | undefined,
): Promise<TaskInstance[]> {
  const options = { assignmentStatus: unfinished };
  const tasks = await readList('tasks', context.tasks, onProgress, options);
  if (taskSid === undefined || tasks.some(({ sid }) => sid === taskSid)) return tasks;
  return [...tasks, await context.tasks(taskSid).fetch()];
}
