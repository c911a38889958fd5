import type { Reservation, Task } from '../../model/entities';
import { InvalidTransition, ReservationRescinded } from '../../model/errors';
import type { ReservationMove, ReservationStatus, TaskMove, TaskStatus } from '../../model/statuses';

/**
 * The two state machines as data: a transition that is not listed is not allowed.
 * Sources: https://www.twilio.com/docs/taskrouter/lifecycle-task-state and …/docs/taskrouter/api/reservations
 */
const taskNext = {
  pending: { reserve: 'reserved', return: 'assigned', cancel: 'canceled' },
  reserved: { release: 'pending', assign: 'assigned', return: 'assigned', cancel: 'canceled' },
  assigned: { transfer: 'pending', wrap: 'wrapping', complete: 'completed' },
  wrapping: { complete: 'completed' },
  completed: {},
  canceled: {},
} as const satisfies Record<TaskStatus, Partial<Record<TaskMove, TaskStatus>>>;

/** No `complete` from pending: a reservation that was not accepted is canceled, never completed. */
const reservationNext = {
  pending: {
    accept: 'accepted',
    reject: 'rejected',
    expire: 'timeout',
    cancel: 'canceled',
    rescind: 'rescinded',
  },
  accepted: { wrap: 'wrapping', complete: 'completed' },
  wrapping: { complete: 'completed' },
  rejected: {},
  timeout: {},
  canceled: {},
  rescinded: {},
  completed: {},
} as const satisfies Record<ReservationStatus, Partial<Record<ReservationMove, ReservationStatus>>>;

/** The status of the task after the transition. @throws InvalidTransition, with Twilio's own text where that is known. */
export function taskAfter(task: Task, move: TaskMove, accountSid: string): TaskStatus {
  const next: Partial<Record<TaskMove, TaskStatus>> = taskNext[task.status];
  const status = next[move];
  if (status) return status;
  const where = `task ${task.sid} in workspace ${task.workspaceSid} for account ${accountSid}`;
  const verb = move === 'wrap' ? 'wrap up a' : move;
  throw new InvalidTransition(`Cannot ${verb} ${where} because it is not ${requiredFor(move)}.`);
}

/** The known texts: "because it is not currently assigned", "because it is not pending or reserved". */
function requiredFor(move: TaskMove): string {
  if (move === 'complete' || move === 'wrap' || move === 'transfer') return 'currently assigned';
  if (move === 'cancel' || move === 'return') return 'pending or reserved';
  return move === 'reserve' ? 'pending' : 'reserved';
}

/** The status of the reservation after the transition. @throws InvalidTransition, ReservationRescinded */
export function reservationAfter(reservation: Reservation, move: ReservationMove): ReservationStatus {
  const next: Partial<Record<ReservationMove, ReservationStatus>> = reservationNext[reservation.status];
  const status = next[move];
  if (status) return status;
  const text = `Reservation ${reservation.sid} is already in state [${reservation.status}] and cannot be updated to [${targetOf[move]}]`;
  if (move === 'accept' && reservation.status === 'rescinded') throw new ReservationRescinded(text);
  throw new InvalidTransition(text);
}

/** The known text for a reservation that is on hold while its conference is being set up. */
export const notExpected = ({ sid }: Reservation, status: string): InvalidTransition =>
  new InvalidTransition(
    `Reservation ${sid} not in expected state [pending] and cannot be updated to [${status}]`,
  );

/** The status after each transition, wherever it is allowed. */
const targetOf: Record<ReservationMove, ReservationStatus> = {
  accept: 'accepted',
  reject: 'rejected',
  expire: 'timeout',
  cancel: 'canceled',
  rescind: 'rescinded',
  wrap: 'wrapping',
  complete: 'completed',
};

/** Statuses in which a reservation uses a unit of its worker's channel capacity. */
export const usesCapacity = (status: ReservationStatus): boolean =>
  status === 'pending' || status === 'accepted' || status === 'wrapping';

/** Whether the task is over; it is deleted five minutes later. */
export const isFinished = (status: TaskStatus): boolean => status === 'completed' || status === 'canceled';
