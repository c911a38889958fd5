import type { Task, Worker } from '../model/entities';
import { type ExplainedState, type ExpressionClauses, rowOf } from './explained-state';
import type { WorkerReasons } from './explanation';
import { workerReasons } from './worker-reasons';

/** How many workers are explained at most. Our choice: more are of no help. */
export const maxWorkers = 50;
/** How many of them are workers who are not in the queue. */
const maxOutside = 10;

/**
 * The workers of the task's queue and the near misses, nearest first: the one that the task is for, if it is for one only;
 * then those with the fewest reasons against them, those of the queue first, and of these who is idle longest.
 */
export function nearestWorkers(
  state: ExplainedState,
  task: Task,
  clauses: ExpressionClauses,
): WorkerReasons[] {
  const members = [...state.routing.workersOf(task.taskQueueSid)].map((sid) => rowOf(state, 'workers', sid));
  const inside = ranked(state, task, members).slice(0, maxWorkers);
  const places = Math.min(maxOutside, maxWorkers - inside.length);
  const others = places > 0 ? ranked(state, task, outside(state, task)).slice(0, places) : [];
  return [...inside, ...others]
    .map((worker) => workerReasons(state, task, worker, clauses))
    .sort((left, right) => distanceOf(left) - distanceOf(right));
}

/** A worker whom the task is not for comes after all others, as nothing that this worker does helps. */
const distanceOf = ({ reasons }: WorkerReasons): number =>
  reasons.length + (reasons.some(({ code }) => code === 'known_worker_other') ? notForThem : 0);

/** More than there are reasons. */
const notForThem = 100;

function outside({ view, routing }: ExplainedState, task: Task): Worker[] {
  const inQueue = routing.workersOf(task.taskQueueSid);
  return [...view.all('workers', task.workspaceSid)].filter(({ sid }) => !inQueue.has(sid));
}

/** By the number of things against the worker, which is cheap to count, before the reasons are written. */
function ranked({ routing }: ExplainedState, task: Task, workers: readonly Worker[]): Worker[] {
  const obstacles = (worker: Worker) => {
    const unsuitable = routing.unsuitability(task, worker);
    const weight = unsuitable === 'known_worker_other' ? notForThem : Number(unsuitable !== null);
    return weight + routing.notReady(worker, task.taskChannelSid).length;
  };
  return workers
    .map((worker) => ({
      worker,
      count: obstacles(worker),
      since: routing.idleSince(worker, task.taskChannelSid),
    }))
    .sort(
      (left, right) =>
        left.count - right.count || left.since - right.since || left.worker.sequence - right.worker.sequence,
    )
    .map(({ worker }) => worker);
}
