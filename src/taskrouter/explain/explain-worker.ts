import type { Task, Worker } from '../model/entities';
import type { ExplainedState } from './explained-state';
import type { Reason, WorkerExplanation } from './explanation';
import { availabilityRemedy } from './remedy';
import { readinessReason, workerReasons } from './worker-reasons';

/** Our choice. */
const maxTasks = 20;

/** Why a worker is offered nothing, and which tasks wait for the worker. */
export function explainWorker(state: ExplainedState, worker: Worker): WorkerExplanation {
  const tasks = nearestTasks(state, worker).map((task) => ({
    taskSid: task.sid,
    reasons: workerReasons(state, task, worker).reasons,
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

/** The task that would come first, then those with the fewest reasons against them, oldest first. */
function nearestTasks(state: ExplainedState, worker: Worker): Task[] {
  const { routing } = state;
  const first = routing.firstTaskIfAvailable(worker);
  const others = [...routing.waitingTasks(worker.workspaceSid)]
    .filter(({ sid }) => sid !== first?.sid)
    .map((task) => ({ task, suits: routing.unsuitability(task, worker) === null }))
    .sort((left, right) => Number(right.suits) - Number(left.suits))
    .map(({ task }) => task);
  return [...(first ? [first] : []), ...others].slice(0, maxTasks);
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
