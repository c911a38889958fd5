import { groupBy } from '../../src/common/group-by';
import type { LifecycleResponse, Reservation, Task, TaskAlert } from './lifecycle-response';

/** A task with its reservations and alerts, newest first. */
export interface TaskView {
  readonly task: Task;
  readonly reservations: readonly Reservation[];
  readonly alerts: readonly TaskAlert[];
}

/** The tasks in the order of the response, each with its reservations and alerts. */
export function taskViews({ tasks, reservations, alerts }: LifecycleResponse): TaskView[] {
  const reservationsOf = groupBy(reservations, ({ task_sid }) => task_sid);
  const alertsOf = groupBy(alerts, ({ task_sid }) => task_sid);
  return tasks.map((task) => ({
    task,
    reservations: reservationsOf.get(task.task_sid) ?? [],
    alerts: alertsOf.get(task.task_sid) ?? [],
  }));
}

/** Whether a task is neither completed nor canceled. */
export function isOpen({ task: { assignment_status } }: TaskView): boolean {
  return assignment_status !== 'completed' && assignment_status !== 'canceled';
}

/**
 * The offers that are open now. Tasks and reservations come from separate REST calls, so an offer counts only if the
 * status of the task agrees.
 */
export function pendingReservations({ task, reservations }: TaskView): readonly Reservation[] {
  if (task.assignment_status !== 'reserved' && task.assignment_status !== 'pending') return [];
  return reservations.filter(({ reservation_status }) => reservation_status === 'pending');
}

const acceptedStatuses: readonly string[] = ['accepted', 'wrapping', 'completed'];

/** The reservation of the worker who has the task, or had it. */
export function acceptedReservation({ reservations }: TaskView): Reservation | undefined {
  return reservations.find(({ reservation_status }) => acceptedStatuses.includes(reservation_status));
}
