import type { Reservation } from './lifecycle-response';
import { pendingReservations, servingReservation, type TaskView } from './task-views';

/** Where a task stands, in one sentence: who is asked, who has it, or what it waits for. */
export function taskSentence(view: TaskView): string {
  const { task } = view;
  const worker = nameOf(servingReservation(view));
  switch (task.assignment_status) {
    case 'pending':
      return pendingReservations(view).length > 0 ? asked(view) : waiting(view);
    case 'reserved':
      return asked(view);
    case 'assigned':
      return `Assigned to ${worker}.`;
    case 'wrapping':
      return `${capital(worker)} is wrapping up.`;
    case 'completed':
      return `Completed by ${worker}${because(task.reason)}.`;
    case 'canceled':
      return `Canceled${because(task.reason)}.`;
    default:
      return `The task is ${task.assignment_status}.`;
  }
}

function asked(view: TaskView): string {
  const names = pendingReservations(view).map(nameOf);
  if (names.length === 0) return 'A worker is asked.';
  return `${capital(listed(names))} ${names.length === 1 ? 'is' : 'are'} asked.`;
}

const endings: Readonly<Record<string, string>> = {
  rejected: 'was rejected',
  timeout: 'timed out',
  canceled: 'was canceled',
  rescinded: 'was withdrawn',
};

function waiting({ task, reservations: [latest] }: TaskView): string {
  const ending = latest && endings[latest.reservation_status];
  const queue =
    task.task_queue_name === null ? 'an eligible worker' : `a worker of “${task.task_queue_name}”`;
  const wish = `Waiting for ${queue} to become available.`;
  return ending ? `${wish} The offer to ${nameOf(latest)} ${ending}.` : wish;
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
