import BTree from 'sorted-btree';
import { limits } from '../../../common/limits';
import type { Reservation, Task } from '../../model/entities';
import { isFinished } from '../rules/transitions';
import type { EntityState } from '../state/entity-state';

export type DeadlineKind =
  | 'reservation-timeout'
  | 'task-time-to-live'
  | 'target-timeout'
  | 'offer-again'
  | 'assigned-limit'
  | 'retention';

export interface Deadline {
  /** Unix milliseconds. */
  readonly at: number;
  readonly kind: DeadlineKind;
  readonly sid: string;
  readonly sequence: number;
}

/** The order of deadlines at the same time: a reservation ends before its task does, and retention comes last. */
const precedence: Record<DeadlineKind, number> = {
  'reservation-timeout': 0,
  'task-time-to-live': 1,
  'target-timeout': 2,
  'offer-again': 3,
  'assigned-limit': 4,
  retention: 5,
};

export const compareDeadlines = (left: Deadline, right: Deadline) =>
  left.at - right.at || precedence[left.kind] - precedence[right.kind] || left.sequence - right.sequence;

/**
 * Index of the next deadline of each row, in one queue. Derived from the rows alone, so that it is complete again after a
 * restart. Only the next one, because it changes its row when it is met: then the row has another.
 */
export class Deadlines {
  /** The keys alone matter: without values, a deadline takes less memory. */
  private readonly queue = new BTree<Deadline, undefined>(undefined, compareDeadlines);

  constructor(state: EntityState) {
    state.listen('tasks', (before, after) => this.replace(before && ofTask(before), after && ofTask(after)));
    state.listen('reservations', (before, after) =>
      this.replace(before && ofReservation(before), after && ofReservation(after)),
    );
  }

  first(): Deadline | undefined {
    return this.queue.minKey();
  }

  private replace(before: Deadline | null = null, after: Deadline | null = null): void {
    if (before && after && compareDeadlines(before, after) === 0) return;
    if (before) this.queue.delete(before);
    if (after) this.queue.set(after, undefined);
  }
}

/** While a conference is being set up, the timeout is paused: https://support.twilio.com/hc/en-us/articles/42786996187419 */
function ofReservation(reservation: Reservation): Deadline | null {
  if (reservation.status !== 'pending' || reservation.onHold) return null;
  return deadline(reservation, 'reservation-timeout', reservation.expiresAt);
}

/** Sources: taskrouter limits page; a target's timeout acts only while the task is pending (our choice). */
function ofTask(task: Task): Deadline | null {
  const { status, assignedAt, finishedAt } = task;
  if (status === 'pending') return ofPendingTask(task);
  if (status === 'reserved') return timeToLive(task);
  if (status === 'assigned' && assignedAt !== null) return assignedLimit(task, assignedAt);
  if (isFinished(status) && finishedAt !== null) {
    return deadline(task, 'retention', finishedAt + limits.finishedTaskRetentionMs);
  }
  return null;
}

function ofPendingTask(task: Task): Deadline {
  let next = timeToLive(task);
  const targetTimeout = task.step.kind === 'workflow' ? task.step.expiresAt : null;
  // Of two at the same time, the one with the lower precedence stays.
  if (targetTimeout !== null && targetTimeout < next.at)
    next = deadline(task, 'target-timeout', targetTimeout);
  if (task.heldUntil !== null && task.heldUntil < next.at)
    next = deadline(task, 'offer-again', task.heldUntil);
  return next;
}

/** Our choice: work on a task in transfer has begun, so that the limit of assigned tasks takes the place of its time-to-live. */
function timeToLive(task: Task): Deadline {
  if (task.transferSid !== null && task.assignedAt !== null) return assignedLimit(task, task.assignedAt);
  return deadline(task, 'task-time-to-live', task.dateCreated + task.timeoutSeconds * 1000);
}

const assignedLimit = (task: Task, assignedAt: number): Deadline =>
  deadline(task, 'assigned-limit', assignedAt + limits.assignedMs);

const deadline = ({ sid, sequence }: Task | Reservation, kind: DeadlineKind, at: number): Deadline => ({
  at,
  kind,
  sid,
  sequence,
});
