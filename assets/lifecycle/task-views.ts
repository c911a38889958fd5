import type { LifecycleResponse, Reservation, Task } from './lifecycle-response';

/** A task with its reservations, the newest first. */
export interface TaskView {
  readonly task: Task;
  readonly reservations: readonly Reservation[];
}

/** The tasks in the order of the answer, each with its reservations. */
export function taskViews({ tasks, reservations }: LifecycleResponse): TaskView[] {
  const ofTask = byTask(reservations);
  return tasks.map((task) => ({ task, reservations: ofTask.get(task.task_sid) ?? [] }));
}

/** Whether it has not ended. */
export function isOpen({ task: { assignment_status } }: TaskView): boolean {
  return assignment_status !== 'completed' && assignment_status !== 'canceled';
}

function byTask(reservations: readonly Reservation[]): Map<string, Reservation[]> {
  const ofTask = new Map<string, Reservation[]>();
  for (const reservation of reservations) {
    const others = ofTask.get(reservation.task_sid);
    if (others) others.push(reservation);
    else ofTask.set(reservation.task_sid, [reservation]);
  }
  return ofTask;
}

/** Whom the task is offered to now. The parts of the answer are read one by one, so both have to say so. */
export function pendingReservations({ task, reservations }: TaskView): readonly Reservation[] {
  if (task.assignment_status !== 'reserved' && task.assignment_status !== 'pending') return [];
  return reservations.filter(({ reservation_status }) => reservation_status === 'pending');
}

const serving: readonly string[] = ['accepted', 'wrapping', 'completed'];

/** Who has the task, or had it. */
export function servingReservation({ reservations }: TaskView): Reservation | undefined {
  return reservations.find(({ reservation_status }) => serving.includes(reservation_status));
}
