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

/** Index of all deadlines in one queue. Derived from the rows alone, so that it is complete again after a restart. */
export class Deadlines {
  private readonly queue = new BTree<Deadline, true>([], compareDeadlines);

  constructor(state: EntityState) {
    state.listen('tasks', (before, after) => this.replace(before && ofTask(before), after && ofTask(after)));
    state.listen('reservations', (before, after) =>
      this.replace(before && ofReservation(before), after && ofReservation(after)),
    );
  }

  first(): Deadline | undefined {
    return this.queue.minKey();
  }

  private replace(before: readonly Deadline[] = [], after: readonly Deadline[] = []): void {
    for (const deadline of before) this.queue.delete(deadline);
    for (const deadline of after) this.queue.set(deadline, true);
  }
}

/** While a conference is being set up, the timeout is paused: https://support.twilio.com/hc/en-us/articles/42786996187419 */
function ofReservation(reservation: Reservation): Deadline[] {
  if (reservation.status !== 'pending' || reservation.onHold) return [];
  const { sid, sequence, expiresAt } = reservation;
  return [{ at: expiresAt, kind: 'reservation-timeout', sid, sequence }];
}

/** Sources: taskrouter limits page; a target's timeout acts only while the task is pending (our choice). */
function ofTask(task: Task): Deadline[] {
  const { sid, sequence } = task;
  const deadlines: Deadline[] = [];
  const add = (kind: DeadlineKind, at: number | null) => {
    if (at !== null) deadlines.push({ at, kind, sid, sequence });
  };
  if (task.status === 'pending' || task.status === 'reserved') {
    add('task-time-to-live', task.dateCreated + task.timeoutSeconds * 1000);
  }
  if (task.status === 'pending') {
    add('target-timeout', task.step.kind === 'workflow' ? task.step.expiresAt : null);
    add('offer-again', task.heldUntil);
  }
  if (task.status === 'assigned' && task.assignedAt !== null) {
    add('assigned-limit', task.assignedAt + limits.assignedMs);
  }
  if (isFinished(task.status) && task.finishedAt !== null) {
    add('retention', task.finishedAt + limits.finishedTaskRetentionMs);
  }
  return deadlines;
}
