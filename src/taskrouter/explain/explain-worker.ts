import type { AssumedWorker } from '../engine/state/routing-view';
import type { Task, Worker } from '../model/entities';
import { availableActivity, type ExplainedState, ExpressionClauses, rowOf } from './explained-state';
import type { Reason, WorkerExplanation } from './explanation';
import { availabilityRemedy } from './remedy';
import { readinessReason, workerReasons } from './worker-reasons';

/** Our choice. */
const maxTasks = 20;

/** Why a worker is offered nothing, and which tasks wait for the worker. */
export function explainWorker(state: ExplainedState, worker: Worker): WorkerExplanation {
  const clauses = new ExpressionClauses();
  const assumed = state.routing.assume(whenAvailable(state, worker));
  const tasks = nearestTasks(state, assumed).map((task) => ({
    taskSid: task.sid,
    reasons: workerReasons(state, task, worker, clauses, assumed).reasons,
  }));
  const reasons = readinessReasons(state, worker);
  return {
    workerSid: worker.sid,
    workerName: worker.friendlyName,
    summary: summaryOf(state, worker, reasons, tasks[0]),
    reasons,
    tasks,
  };
}

/** What keeps a task from the worker is asked for the activity that the remedy names, because expressions can read it. */
function whenAvailable(state: ExplainedState, worker: Worker): Worker {
  if (rowOf(state, 'activities', worker.activitySid).available) return worker;
  const activity = availableActivity(state, worker.workspaceSid);
  return activity ? { ...worker, activitySid: activity.sid } : worker;
}

/** One reason that holds on every channel, or one for each channel without room. */
function readinessReasons(state: ExplainedState, worker: Worker): Reason[] {
  const reasons = state.view
    .channelsOfWorker(worker.sid)
    .flatMap(({ taskChannelSid }) =>
      state.routing
        .notReady(worker, taskChannelSid)
        .map((code) => readinessReason(state, worker, taskChannelSid, code)),
    );
  return reasons.filter(
    ({ message }, index) => reasons.findIndex((other) => other.message === message) === index,
  );
}

/** The task that would come first, then other tasks for the worker, then tasks that are not for the worker, oldest first. */
function nearestTasks({ routing }: ExplainedState, assumed: AssumedWorker): Task[] {
  const first = assumed.firstTask();
  const suitable: Task[] = first ? [first] : [];
  const others: Task[] = [];
  for (const task of routing.waitingTasks(assumed.worker.workspaceSid)) {
    if (suitable.length === maxTasks) break;
    if (task.sid === first?.sid) continue;
    if (assumed.unsuitability(task) === null) suitable.push(task);
    else if (others.length < maxTasks) others.push(task);
  }
  return [...suitable, ...others].slice(0, maxTasks);
}

function summaryOf(
  state: ExplainedState,
  worker: Worker,
  reasons: readonly Reason[],
  nearest: WorkerExplanation['tasks'][number] | undefined,
): string {
  const { friendlyName: name } = worker;
  const [first] = reasons;
  if (first?.code === 'not_available') return `${first.message}. ${availabilityRemedy(state, worker)}.`;
  if (first) return `${first.message}.`;
  if (!nearest) return `${name} is ready, and no task waits.`;
  const [against] = nearest.reasons;
  return against
    ? `${name} is ready, but no waiting task is for ${name}: ${against.message}.`
    : `${name} is ready.`;
}
