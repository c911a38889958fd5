import { valueText } from '../../common/value-text';
import type { Clause } from '../../language/clauses';
import type { Unsuitability } from '../engine/rules/matching';
import type { NotReady } from '../engine/rules/readiness';
import type { AssumedWorker, RoutingView } from '../engine/state/routing-view';
import type { Task, Worker } from '../model/entities';
import { type ExplainedState, type ExpressionClauses, queueName, rowOf } from './explained-state';
import type { Reason, WorkerReasons } from './explanation';

/**
 * Everything that keeps a worker from a task that waits; the same predicates as those that match them.
 * @param assumed the worker for whom it is asked whether the task is for the worker at all; default: as the worker is now
 */
export function workerReasons(
  state: ExplainedState,
  task: Task,
  worker: Worker,
  clauses: ExpressionClauses,
  assumed?: AssumedWorker,
): WorkerReasons {
  const { routing } = state;
  const eligible = routing.isEligible(task, worker);
  const unsuitable = assumed ? assumed.unsuitability(task) : routing.unsuitability(task, worker);
  const notReady = routing.notReady(worker, task.taskChannelSid);
  return {
    workerSid: worker.sid,
    workerName: worker.friendlyName,
    eligible,
    reasons: eligible
      ? []
      : [
          ...(unsuitable
            ? [unsuitabilityReason(state, task, assumed?.worker ?? worker, unsuitable, clauses)]
            : []),
          ...notReady.map((code) => readinessReason(state, worker, task.taskChannelSid, code)),
        ],
  };
}

/** Why a worker is not ready for the tasks of a channel. */
export function readinessReason(
  state: ExplainedState,
  worker: Worker,
  taskChannelSid: string,
  code: NotReady,
): Reason {
  const { friendlyName: name } = worker;
  switch (code) {
    case 'not_available': {
      const activity = rowOf(state, 'activities', worker.activitySid).friendlyName;
      return { code, message: `${name} is ${activity}, which is not available` };
    }
    case 'has_pending_reservation': {
      const pending = state.view.reservationsOfWorker(worker.sid).find(({ status }) => status === 'pending');
      return { code, message: `${name} has not replied to the reservation ${pending?.sid} yet` };
    }
    case 'no_capacity':
      return { code, message: `${name} ${loadText(state, worker, taskChannelSid)}` };
  }
}

function loadText({ view }: ExplainedState, worker: Worker, taskChannelSid: string): string {
  const channel = view.channelsOfWorker(worker.sid).find((each) => each.taskChannelSid === taskChannelSid);
  const name = view.find('taskChannels', taskChannelSid)?.uniqueName ?? taskChannelSid;
  if (!channel) return `has no task channel ${name}`;
  if (!channel.available) return `is not available on the task channel ${name}`;
  return `has ${view.useOfChannel(channel).used} of ${channel.configuredCapacity} tasks on the task channel ${name}`;
}

function unsuitabilityReason(
  state: ExplainedState,
  task: Task,
  worker: Worker,
  code: Unsuitability,
  expressions: ExpressionClauses,
): Reason {
  const { routing } = state;
  const { friendlyName: name } = worker;
  switch (code) {
    case 'not_in_queue': {
      const source = rowOf(state, 'taskQueues', task.taskQueueSid).targetWorkers;
      if (!source) return { code, message: `The queue ${queueName(state, task)} takes no workers` };
      const clauses = expressions.of(source, routing.scopeOfWorker(worker));
      return {
        code,
        message: `${name} is not in the queue ${queueName(state, task)}${because(clauses)}`,
        clauses,
      };
    }
    case 'target_expression_false': {
      const source = routing.targetOf(task)?.expression?.source ?? '';
      const clauses = expressions.of(source, routing.scopeOfTarget(task, worker));
      return { code, message: `${name} does not satisfy the target${because(clauses)}`, clauses };
    }
    case 'known_worker_other':
      return { code, message: `The task is for ${intendedWorker(state, task)} only, not for ${name}` };
    case 'known_worker_missing':
      return { code, message: `${knownAttribute(routing, task)} names no worker of the workspace` };
  }
}

/** The clauses that failed, with what the attributes held. */
function because(clauses: readonly Clause[]): string {
  const failed = clauses
    .filter(({ matches }) => !matches)
    .map(({ text, value }) => `${text} is false for ${valueText(value) ?? 'a missing attribute'}`);
  return failed.length === 0 ? '' : `: ${failed.join(', and ')}`;
}

const intendedWorker = (state: ExplainedState, task: Task): string =>
  onlyWorker(state, task)?.friendlyName ?? 'a worker who no longer exists';

/** The worker that RoutingTarget or the target names; undefined if they name none, or none that exists. */
export function onlyWorker({ view, routing }: ExplainedState, task: Task): Worker | undefined {
  const direct = task.step.kind === 'direct' && task.step.workerSid;
  return direct ? view.find('workers', direct) : routing.knownWorkerOf(task);
}

/** The attribute that the target reads, as expressions write it. */
export function knownAttribute(routing: RoutingView, task: Task): string {
  return `task.${routing.targetOf(task)?.knownWorker?.path.join('.')}`;
}
