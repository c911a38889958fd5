import type { Task, Worker } from '../model/entities';
import { type ExplainedState, ExpressionClauses } from './explained-state';
import type { Reason, WorkerExplanation } from './explanation';
import { availabilityRemedy } from './remedy';
import { readinessReason, workerReasons } from './worker-reasons';

/** Our choice. */
const maxTasks = 20;

/** Why a worker is offered nothing, and which tasks wait for the worker. */
export function explainWorker(state: ExplainedState, worker: Worker): WorkerExplanation {
  const clauses = new ExpressionClauses();
  const tasks = nearestTasks(state, worker).map((task) => ({
    taskSid: task.sid,
    reasons: workerReasons(state, task, worker, clauses).reasons,
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
function nearestTasks({ routing }: ExplainedState, worker: Worker): Task[] {
  const first = routing.firstTaskIfAvailable(worker);
  const suitable: Task[] = first ? [first] : [];
  const others: Task[] = [];
  for (const task of routing.waitingTasks(worker.workspaceSid)) {
    if (suitable.length === maxTasks) break;
    if (task.sid === first?.sid) continue;
    if (routing.unsuitability(task, worker) === null) suitable.push(task);
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
