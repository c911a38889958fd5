import { type KnownWorkers, waitingReason } from '../../src/common/waiting-reason';
import type { LifecycleResponse, Reservation } from './lifecycle-response';
import { acceptedReservation, pendingReservations, type TaskView } from './task-views';

/** The most workers that `/lifecycle` contains. */
const maxWorkers = 1000;

/** What the response tells about the workers of the workspace; undefined if it may not contain all of them. */
export function knownWorkers({ workers }: LifecycleResponse): KnownWorkers | undefined {
  if (workers.length >= maxWorkers) return undefined;
  const available = workers.filter((worker) => worker.available).length;
  return { of: 'workspace', count: workers.length, available };
}

/** The state of a task in one sentence: who is offered it, who has it, or what it waits for. */
export function taskSentence(view: TaskView, workers?: KnownWorkers): string {
  const { task } = view;
  const worker = nameOf(acceptedReservation(view));
  switch (task.assignment_status) {
    case 'pending':
      return pendingReservations(view).length > 0 ? offered(view) : waiting(view, workers);
    case 'reserved':
      return offered(view);
    case 'assigned':
      return `Assigned to ${worker}.`;
    case 'wrapping':
      return `${capitalized(worker)} is wrapping up.`;
    case 'completed':
      return `Completed by ${worker}${because(task.reason)}.`;
    case 'canceled':
      return `Canceled${because(task.reason)}.`;
    default:
      return `The task is ${task.assignment_status}.`;
  }
}

function offered(view: TaskView): string {
  const names = pendingReservations(view).map(nameOf);
  return `Offered to ${names.length === 0 ? 'a worker' : listed(names)}.`;
}

const results: Readonly<Record<string, string>> = {
  rejected: 'was rejected',
  timeout: 'timed out',
  canceled: 'was canceled',
  rescinded: 'was withdrawn',
};

/** The response does not tell which workers are in the queue, so this says no more than it knows of all workers. */
function waiting({ task, reservations: [latest] }: TaskView, workers: KnownWorkers | undefined): string {
  const result = latest && results[latest.reservation_status];
  const worker =
    task.task_queue_name === null ? 'an eligible worker' : `a worker of “${task.task_queue_name}”`;
  const reason = workers && waitingReason(workers, task.task_queue_name);
  return [
    `Waiting for ${worker}.`,
    ...(result ? [`The offer to ${nameOf(latest)} ${result}.`] : []),
    ...(reason ? [`${capitalized(reason)}.`] : []),
  ].join(' ');
}

function nameOf(reservation: Reservation | undefined): string {
  return reservation?.worker_name ?? 'a worker';
}

function because(reason: string | null): string {
  return reason ? ` (${reason})` : '';
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
