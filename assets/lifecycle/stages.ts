import type { LifecycleResponse, Reservation, Task, TaskStatus } from './lifecycle-response';

/** The stages of the tutorial and the two after them: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export const stages = [
  'Task Created',
  'Eligible Worker becomes available',
  'Worker reserved',
  'Reservation accepted',
  'Task assigned',
  'Wrapping',
  'Completed',
] as const;

interface StageCount {
  readonly stage: (typeof stages)[number];
  readonly count: number;
  /** What is counted. */
  readonly unit: string;
}

/** How many tasks, available workers, pending offers or accepted offers there are at each stage. */
export function countStages({ tasks, workers, reservations }: LifecycleResponse): StageCount[] {
  const tasksWith = (status: TaskStatus) => tasks.filter((task) => task.assignment_status === status).length;
  const reservationsWith = (status: string) =>
    reservations.filter((reservation) => reservation.reservation_status === status).length;
  const counts = [
    { count: tasksWith('pending'), unit: 'waiting' },
    { count: workers.filter((worker) => worker.available).length, unit: 'available' },
    { count: reservationsWith('pending'), unit: 'offered' },
    { count: reservationsWith('accepted'), unit: 'accepted' },
    { count: tasksWith('assigned'), unit: 'assigned' },
    { count: tasksWith('wrapping'), unit: 'wrapping up' },
    { count: tasksWith('completed'), unit: 'completed' },
  ];
  return stages.map((stage, index) => ({ stage, ...(counts[index] ?? { count: 0, unit: '' }) }));
}

/** The stage of a task, as an index of `stages`. A task passes the second and the fourth stage without stopping. */
const stageOf: Readonly<Partial<Record<TaskStatus, number>>> = {
  pending: 0,
  reserved: 2,
  assigned: 4,
  wrapping: 5,
  completed: 6,
};

/** @returns an index of `stages`; undefined for a canceled task, which has no stage */
export function taskStage({ assignment_status }: Task): number | undefined {
  return stageOf[assignment_status];
}

const afterAssignment: readonly string[] = ['accepted', 'wrapping', 'completed'];

/** How many stages a task has reached. A rejected task is back at the first. */
export function stagesReached(task: Task, reservations: readonly Reservation[]): number {
  const stage = taskStage(task);
  if (stage !== undefined) return stage + 1;
  if (reservations.some(({ reservation_status }) => afterAssignment.includes(reservation_status))) return 5;
  return reservations.length > 0 ? 3 : 1;
}
