import { isFinished } from '../engine/rules/transitions';
import type { Task } from '../model/entities';
import { type ExplainedState, ExpressionClauses, queueName, rowOf } from './explained-state';
import type {
  FilterExplanation,
  PositionExplanation,
  Reason,
  TaskExplanation,
  WorkerReasons,
} from './explanation';
import { misspelledAttribute } from './misspelled-attribute';
import { nearestWorkers } from './nearest-workers';
import { remedyFor } from './remedy';
import { timeText } from './time-text';
import { onlyWorker } from './worker-reasons';

/** Why a task is where it is, and what has to change so that it is offered to a worker. */
export function explainTask(state: ExplainedState, task: Task): TaskExplanation {
  const isOpen = task.status === 'pending' || task.status === 'reserved';
  const clauses = new ExpressionClauses();
  const workers = isOpen ? nearestWorkers(state, task, clauses) : [];
  const ahead = state.routing.countAhead(task);
  const reasons = statusReasons(state, task) ?? waitingReasons(state, task, workers, ahead);
  return {
    taskSid: task.sid,
    assignmentStatus: task.status,
    summary: summaryOf(state, task, reasons, workers),
    reasons,
    workflow: positionOf(state, task, clauses),
    workers,
    ahead,
  };
}

/** Why a task is not offered to anybody else now; null for one that waits. */
function statusReasons(state: ExplainedState, task: Task): Reason[] | null {
  const { view } = state;
  switch (task.status) {
    case 'pending':
      return task.heldUntil === null ? null : [heldReason(task.heldUntil)];
    case 'reserved': {
      const offers = view.reservationsOfTask(task.sid).filter(({ status }) => status === 'pending');
      return offers.map(({ workerName, expiresAt }) => ({
        code: 'offered',
        message: `It is offered to ${workerName} until ${timeText(expiresAt)}`,
      }));
    }
    case 'assigned':
    case 'wrapping': {
      const holder = view
        .reservationsOfTask(task.sid)
        .find(({ status }) => status === 'accepted' || status === 'wrapping');
      return [
        { code: 'assigned', message: `It is ${task.status}, with ${holder?.workerName ?? 'no worker'}` },
      ];
    }
    default:
      return [{ code: 'finished', message: `It is ${task.status}${task.reason ? ` (${task.reason})` : ''}` }];
  }
}

const heldReason = (until: number): Reason => ({
  code: 'waiting_to_be_offered_again',
  message: `No callback URL gave a usable response, so it is offered again at ${timeText(until)}`,
});

/** The reasons of the nearest worker, or that there is no worker at all, and the tasks that are ahead. */
function waitingReasons(
  state: ExplainedState,
  task: Task,
  [nearest]: readonly WorkerReasons[],
  ahead: number,
): Reason[] {
  const own: readonly Reason[] = nearest?.reasons ?? [
    { code: 'not_in_queue', message: `No worker is in the queue ${queueName(state, task)}` },
  ];
  const line: Reason[] =
    ahead === 0
      ? []
      : [
          {
            code: 'behind_other_tasks',
            message: `${ahead} ${ahead === 1 ? 'task is' : 'tasks are'} ahead of it`,
          },
        ];
  return nearest?.eligible
    ? [{ code: 'eligible', message: `${nearest.workerName} can be offered it` }]
    : [...exclusiveness(state, task), ...own, ...line];
}

/** That no other worker can be offered the task. */
function exclusiveness(state: ExplainedState, task: Task): Reason[] {
  const only = onlyWorker(state, task);
  return only ? [{ code: 'known_worker_other', message: `It is for ${only.friendlyName} only` }] : [];
}

function summaryOf(
  state: ExplainedState,
  task: Task,
  reasons: readonly Reason[],
  [nearest]: readonly WorkerReasons[],
): string {
  const [first, ...others] = reasons;
  const why = [first, ...others].map((reason) => reason?.message).join(', and ');
  if (task.status !== 'pending' || task.heldUntil !== null) return `${why}.`;
  const place = `It waits in the queue ${queueName(state, task)}`;
  const misspelled = misspelledAttribute(state, task);
  const sentences = [place, why, remedyFor(state, task, nearest), ...(misspelled ? [misspelled] : [])];
  return sentences.map((sentence) => `${sentence}.`).join(' ');
}

function positionOf(
  state: ExplainedState,
  task: Task,
  expressions: ExpressionClauses,
): PositionExplanation | null {
  const { step } = task;
  // The configuration that a finished task followed may be gone.
  const configuration = isFinished(task.status) ? null : state.routing.configurationOf(task);
  if (step.kind !== 'workflow' || !configuration) return null;
  const scope = state.routing.scopeOfTask(task);
  return {
    filter: step.filter,
    target: step.target,
    queue: rowOf(state, 'taskQueues', task.taskQueueSid).friendlyName,
    filters: configuration.filters.map(
      ({ name, expression }): FilterExplanation => ({
        name,
        expression: expression.source,
        matches: expression.evaluate(scope),
        clauses: expressions.of(expression.source, scope),
      }),
    ),
    enteredAt: step.enteredAt,
    nextDeadline: step.expiresAt ?? task.dateCreated + task.timeoutSeconds * 1000,
  };
}
