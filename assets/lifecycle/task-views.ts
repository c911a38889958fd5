import type { LifecycleAnswer, Reservation, Task } from './lifecycle-answer';

/** A task with its reservations, the newest first. */
export interface TaskView {
  readonly task: Task;
  readonly reservations: readonly Reservation[];
}

/** Our choice: enough for a screen, and few enough to draw every second. */
const shownTasks = 100;

/** The tasks to show, in the order of the answer. Where they are too many, finished ones give way to open ones. */
export function taskViews({ tasks, reservations }: LifecycleAnswer, most = shownTasks): TaskView[] {
  const ofTask = byTask(reservations);
  const openFirst = [...tasks.filter(isOpen), ...tasks.filter((task) => !isOpen(task))];
  const kept = new Set(openFirst.slice(0, most));
  return tasks
    .filter((task) => kept.has(task))
    .map((task) => ({ task, reservations: ofTask.get(task.task_sid) ?? [] }));
}

function isOpen({ assignment_status }: Task): boolean {
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
