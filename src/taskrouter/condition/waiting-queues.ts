import { groupBy } from '../../common/group-by';
import type { IdleWorker, WaitingQueue } from '../../doctor/condition';
import type { ExplainedState } from '../explain/explained-state';
import type { Task, Worker } from '../model/entities';
import { concernedWorker } from './open-reservations';

export function waitingQueues(state: ExplainedState): WaitingQueue[] {
  const byQueue = groupBy(pendingTasks(state), ({ taskQueueSid }) => taskQueueSid);
  return [...byQueue].map(([taskQueueSid, tasks]) => waitingQueue(state, taskQueueSid, tasks));
}

/** A task with a worker as RoutingTarget waits for that worker, not in the queue. */
function* pendingTasks({ view }: ExplainedState): Iterable<Task> {
  for (const task of view.all('tasks')) {
    const waitsForWorker = task.step.kind === 'direct' && task.step.workerSid !== null;
    if (task.status === 'pending' && !waitsForWorker) yield task;
  }
}

function waitingQueue(state: ExplainedState, sid: string, tasks: readonly Task[]): WaitingQueue {
  const { view, routing } = state;
  const queue = view.find('taskQueues', sid);
  const workers = [...routing.workersOf(sid)].flatMap((workerSid) => view.find('workers', workerSid) ?? []);
  const oldestFirst = [...tasks].sort(
    (left, right) => left.taskQueueEnteredDate - right.taskQueueEnteredDate,
  ) as [Task, ...Task[]];
  const [oldest] = oldestFirst;
  const hasWorkerAtWork = workers.some((worker) => isAtWork(state, worker));
  const [offline] = hasWorkerAtWork ? [] : workers;
  return {
    sid,
    name: queue?.friendlyName ?? sid,
    workspaceSid: oldest.workspaceSid,
    waiting: tasks.length,
    oldest: { sid: oldest.sid, since: oldest.taskQueueEnteredDate },
    workers: workers.length,
    hasWorkerAtWork,
    offline: offline ? concernedWorker(view, offline) : null,
    idle: hasWorkerAtWork ? idleWorkers(state, oldestFirst, workers) : [],
  };
}

/** Available, or unavailable because of a reservation or a task. */
function isAtWork({ view }: ExplainedState, { sid, activitySid }: Worker): boolean {
  if (view.find('activities', activitySid)?.available) return true;
  return view
    .reservationsOfWorker(sid)
    .some(({ status }) => status === 'pending' || status === 'accepted' || status === 'wrapping');
}

/** Our choice: the tasks of a queue wait for the same reason, so the oldest ones tell. */
const examinedTasks = 20;

/** By the predicates that route: one worker for each of the oldest tasks. */
function idleWorkers(
  state: ExplainedState,
  oldestFirst: readonly Task[],
  workers: readonly Worker[],
): IdleWorker[] {
  const byChannel = groupBy(oldestFirst.slice(0, examinedTasks), ({ taskChannelSid }) => taskChannelSid);
  return [...byChannel].flatMap(([taskChannelSid, tasks]) => {
    const ready = workers.filter((worker) => state.routing.notReady(worker, taskChannelSid).length === 0);
    return tasks.flatMap((task) => {
      const worker = ready.find((each) => state.routing.unsuitability(task, each) === null);
      return worker ? idleWorker(state, task, worker) : [];
    });
  });
}

function idleWorker({ view }: ExplainedState, task: Task, worker: Worker): IdleWorker {
  const { taskQueueEnteredDate, dateUpdated, heldUntil } = task;
  return {
    name: worker.friendlyName,
    activityName: concernedWorker(view, worker).activityName,
    taskSid: task.sid,
    waitingSince: taskQueueEnteredDate,
    since: Math.max(dateUpdated, worker.dateStatusChanged),
    heldUntil,
  };
}
