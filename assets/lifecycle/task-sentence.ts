import type { Reservation } from './lifecycle-response';
import { acceptedReservation, pendingReservations, type TaskView } from './task-views';

/** The state of a task in one sentence: who is offered it, who has it, or what it waits for. */
export function taskSentence(view: TaskView): string {
  const { task } = view;
  const worker = nameOf(acceptedReservation(view));
  switch (task.assignment_status) {
    case 'pending':
      return pendingReservations(view).length > 0 ? offered(view) : waiting(view);
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

function waiting({ task, reservations: [latest] }: TaskView): string {
  const result = latest && results[latest.reservation_status];
  const worker =
    task.task_queue_name === null ? 'an eligible worker' : `a worker of “${task.task_queue_name}”`;
  const sentence = `Waiting for ${worker} to become available.`;
  return result ? `${sentence} The offer to ${nameOf(latest)} ${result}.` : sentence;
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
