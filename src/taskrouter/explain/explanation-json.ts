import type {
  FilterExplanation,
  PositionExplanation,
  Reason,
  ReservationExplanation,
  TaskExplanation,
  WorkerExplanation,
  WorkerReasons,
} from './explanation';

/** An explanation as `/_taskrouter/explain`, the command, and the test kit show it. */
export type TaskExplanationJson = ReturnType<typeof taskExplanationToJson>;
export type WorkerExplanationJson = ReturnType<typeof workerExplanationToJson>;
export type ReservationExplanationJson = ReturnType<typeof reservationExplanationToJson>;

export function taskExplanationToJson(explanation: TaskExplanation) {
  return {
    task_sid: explanation.taskSid,
    assignment_status: explanation.assignmentStatus,
    summary: explanation.summary,
    reasons: explanation.reasons.map(reasonToJson),
    workflow: explanation.workflow && positionToJson(explanation.workflow),
    workers: explanation.workers.map(workerReasonsToJson),
    ahead: explanation.ahead,
  };
}

export function workerExplanationToJson(explanation: WorkerExplanation) {
  return {
    worker_sid: explanation.workerSid,
    worker_name: explanation.workerName,
    summary: explanation.summary,
    reasons: explanation.reasons.map(reasonToJson),
    tasks: explanation.tasks.map(({ taskSid, reasons }) => ({
      task_sid: taskSid,
      reasons: reasons.map(reasonToJson),
    })),
  };
}

export function reservationExplanationToJson(explanation: ReservationExplanation) {
  return {
    reservation_sid: explanation.reservationSid,
    task_sid: explanation.taskSid,
    worker_sid: explanation.workerSid,
    summary: explanation.summary,
    workers: explanation.workers.map(workerReasonsToJson),
  };
}

const workerReasonsToJson = ({ workerSid, workerName, eligible, reasons }: WorkerReasons) => ({
  worker_sid: workerSid,
  worker_name: workerName,
  eligible,
  reasons: reasons.map(reasonToJson),
});

const reasonToJson = ({ code, message, clauses }: Reason) => ({ code, message, ...(clauses && { clauses }) });

function positionToJson({ filter, target, queue, filters, enteredAt, nextDeadline }: PositionExplanation) {
  return {
    filter,
    target,
    queue,
    filters: filters.map(({ name, expression, matches, clauses }: FilterExplanation) => ({
      name,
      expression,
      matches,
      clauses,
    })),
    entered_at: new Date(enteredAt).toISOString(),
    next_deadline: new Date(nextDeadline).toISOString(),
  };
}
