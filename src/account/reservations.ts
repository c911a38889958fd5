import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import { limits } from '../common/limits';
import type { Reservation, Task } from '../taskrouter/model/entities';
import type { Rows } from '../taskrouter/store/store';
import { mapWithProgress } from './concurrently';
import { type ReadingProgress, readList } from './lists';
import type { RowMaker } from './rows';

/** Reads the reservations of some tasks. A status that has changed since the tasks were read follows the reservations. */
export async function readReservations(
  context: WorkspaceContext,
  rows: Rows,
  maker: RowMaker,
  onProgress: ReadingProgress,
  mayHaveReservations: (task: Task) => boolean,
): Promise<Pick<Rows, 'tasks' | 'reservations'>> {
  const timeouts = new Map(rows.workflows.map((each) => [each.sid, each.taskReservationTimeoutSeconds]));
  const activities = new Map(rows.workers.map(({ sid, activitySid }) => [sid, activitySid]));
  const tasks = rows.tasks.filter(mayHaveReservations);
  const read = await mapWithProgress('reservations of tasks', tasks, onProgress, async (task) => {
    const list = context.tasks(task.sid).reservations;
    return { task, instances: await readList('', list, () => undefined) };
  });
  const reservations = read.map(({ task, instances }) => {
    const timeout = timeouts.get(task.workflowSid) ?? limits.taskReservationTimeoutSeconds.default;
    const activityOf = (sid: string) => activities.get(sid) ?? '';
    return instances.map((each) => maker.reservation(each, task, timeout, activityOf(each.workerSid)));
  });
  const ofTask = new Map(tasks.map(({ sid }, index) => [sid, reservations[index] ?? []]));
  return {
    tasks: rows.tasks.map((task) => withPresentStatus(task, ofTask.get(task.sid) ?? [])),
    reservations: reservations.flat(),
  };
}

/** A task that was reserved when the tasks were read, and that was accepted or released since. */
function withPresentStatus(task: Task, reservations: readonly Reservation[]): Task {
  const has = (wanted: Reservation['status']) => reservations.some(({ status }) => status === wanted);
  if (task.status !== 'reserved' || has('pending')) return task;
  return { ...task, status: has('accepted') ? 'assigned' : 'pending' };
}
