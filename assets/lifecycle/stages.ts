import type { LifecycleResponse, Reservation, Task, TaskStatus } from './lifecycle-response';

/** The stages of the tutorial, and the two that follow: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export const stages = [
  'Task Created',
  'Eligible Worker becomes available',
  'Worker reserved',
  'Reservation accepted',
  'Task assigned',
  'Wrapping',
  'Completed',
] as const;

export interface StageCount {
  readonly stage: (typeof stages)[number];
  readonly count: number;
  /** What is counted. */
  readonly unit: string;
}

/** What is at each stage now: tasks, workers who are available, offers, or offers accepted. */
export function countStages({ tasks, workers, reservations }: LifecycleResponse): StageCount[] {
  const tasksThatAre = (status: TaskStatus) =>
    tasks.filter((task) => task.assignment_status === status).length;
  const reservationsThatAre = (status: string) =>
    reservations.filter((reservation) => reservation.reservation_status === status).length;
  const counts = [
    { count: tasksThatAre('pending'), unit: 'waiting' },
    { count: workers.filter((worker) => worker.available).length, unit: 'available' },
    { count: reservationsThatAre('pending'), unit: 'asked' },
    { count: reservationsThatAre('accepted'), unit: 'accepted' },
    { count: tasksThatAre('assigned'), unit: 'assigned' },
    { count: tasksThatAre('wrapping'), unit: 'wrapping up' },
    { count: tasksThatAre('completed'), unit: 'done' },
  ];
  return stages.map((stage, index) => ({ stage, ...(counts[index] ?? { count: 0, unit: '' }) }));
}

/** Where a task stands, as an index of `stages`. The second and the fourth it passes without a stop. */
const stageOf: Readonly<Partial<Record<TaskStatus, number>>> = {
  pending: 0,
  reserved: 2,
  assigned: 4,
  wrapping: 5,
  completed: 6,
};

/** @returns an index of `stages`; undefined for a task that was canceled, and left the line */
export function taskStage({ assignment_status }: Task): number | undefined {
  return stageOf[assignment_status];
}

const afterAssignment: readonly string[] = ['accepted', 'wrapping', 'completed'];

/** How many of the stages a task has behind it. One that was rejected waits at the first again. */
export function stagesReached(task: Task, reservations: readonly Reservation[]): number {
  const stage = taskStage(task);
  if (stage !== undefined) return stage + 1;
  if (reservations.some(({ reservation_status }) => afterAssignment.includes(reservation_status))) return 5;
  return reservations.length > 0 ? 3 : 1;
}
