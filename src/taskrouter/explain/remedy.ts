import type { Task, Worker } from '../model/entities';
import { availableActivity, type ExplainedState, queueName, rowOf } from './explained-state';
import type { Reason, Remedy, WorkerReasons } from './explanation';

/** What has to change so that the task is offered to the nearest worker. */
export function remedyFor(state: ExplainedState, task: Task, nearest: WorkerReasons | undefined): Remedy {
  if (!nearest) return `Add a worker who satisfies the expression of the queue ${queueName(state, task)}`;
  if (nearest.eligible) return `It is offered to ${nearest.workerName} with the next change`;
  // Two reasons can have one remedy.
  const remedies = new Set(nearest.reasons.map((reason) => remedyOf(state, task, nearest, reason)));
  const [first = 'Wait', ...others] = remedies;
  return [first, ...others.map(uncapitalized)].join(', and ');
}

/** What makes a worker available who is not. */
export function availabilityRemedy(
  state: ExplainedState,
  worker: Pick<Worker, 'sid' | 'friendlyName' | 'workspaceSid'>,
): Remedy {
  const { friendlyName: name } = worker;
  const open = state.view.reservationsOfWorker(worker.sid);
  if (open.some(({ status }) => status === 'pending')) return `Accept or reject the reservation of ${name}`;
  const activity = availableActivity(state, worker.workspaceSid)?.friendlyName;
  if (!activity) return 'Create an activity that is available';
  const works = open.some(({ status }) => status === 'accepted' || status === 'wrapping');
  return works ? `Complete the task of ${name}, or set ${name} to ${activity}` : `Set ${name} to ${activity}`;
}

const uncapitalized = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);

function remedyOf(
  state: ExplainedState,
  task: Task,
  { workerSid, workerName: worker }: WorkerReasons,
  { code }: Reason,
): Remedy {
  switch (code) {
    case 'not_available':
      return availabilityRemedy(state, rowOf(state, 'workers', workerSid));
    case 'has_pending_reservation':
      return `Accept or reject the reservation of ${worker}`;
    case 'no_capacity':
      return `Complete a task of ${worker}, or raise the capacity of ${worker}`;
    case 'not_in_queue':
      return `Change the attributes of ${worker}, or the expression of the queue ${queueName(state, task)}`;
    case 'target_expression_false':
      return `Change the attributes of ${worker} or of the task, or the expression of the target`;
    case 'known_worker_other':
      return 'Wait for that worker, or give the target a timeout and another target after it';
    case 'known_worker_missing':
      return 'Correct the attribute of the task, or give the target a timeout and another target after it';
    default:
      return 'Wait';
  }
}
