import type { LifecycleAnswer, Reservation, Task } from './lifecycle-answer';

/** The stages of the lifecycle: https://www.twilio.com/docs/taskrouter/lifecycle-task-state */
export const stages = [
  'Task Created',
  'Eligible Worker becomes available',
  'Worker reserved',
  'Reservation accepted',
  'Task assigned',
] as const;

export interface StageCount {
  readonly stage: (typeof stages)[number];
  readonly count: number;
  /** What is counted. */
  readonly unit: string;
}

/** What is at each stage now: tasks that wait, workers they wait for, offers, accepted offers, tasks assigned. */
export function countStages({ tasks, workers, reservations }: LifecycleAnswer): StageCount[] {
  const tasksThatAre = (status: string) => tasks.filter((task) => task.assignment_status === status).length;
  const reservationsThatAre = (status: string) =>
    reservations.filter((reservation) => reservation.reservation_status === status).length;
  const available = workers.filter((worker) => worker.available).length;
  const counts = [
    { count: tasksThatAre('pending'), unit: 'waiting' },
    { count: available, unit: 'available' },
    { count: reservationsThatAre('pending'), unit: 'asked' },
    { count: reservationsThatAre('accepted'), unit: 'accepted' },
    { count: tasksThatAre('assigned'), unit: 'assigned' },
  ];
  return stages.map((stage, index) => ({ stage, ...(counts[index] ?? { count: 0, unit: '' }) }));
}

const afterAssignment: readonly string[] = ['accepted', 'wrapping', 'completed'];

/** How many of the stages a task has behind it. One that was rejected waits at the first again. */
export function stagesReached({ assignment_status }: Task, reservations: readonly Reservation[]): number {
  if (assignment_status === 'pending') return 1;
  if (assignment_status === 'reserved') return 3;
  if (assignment_status !== 'canceled') return 5;
  if (reservations.some(({ reservation_status }) => afterAssignment.includes(reservation_status))) return 5;
  return reservations.length > 0 ? 3 : 1;
}
