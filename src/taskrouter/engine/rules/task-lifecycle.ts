import type { Task } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { writeWorkerFields } from '../event-fields';
import type { WriteFields } from '../routing-fields';
import { cancelReservation, completeReservation, wrapReservation } from './reservation-lifecycle';
import { endTransfer } from './transfer-lifecycle';
import { taskAfter, usesCapacity } from './transitions';

/**
 * The transitions of a task and what each means for its reservations. The order of events is our choice where the
 * documentation does not give one. An event shows the task as it is after the change.
 */

/** Our choice: a reason is never enforced. @throws InvalidTransition unless the task is pending or reserved */
export function cancelTask(
  context: CommandContext,
  task: Task,
  reason: string | null,
  description?: string,
): Task {
  const status = taskAfter(task, 'cancel', context.accountSid);
  const transfer = endTransfer(context, task, 'failed');
  const canceled = context.changeTask({
    ...task,
    status,
    transferSid: null,
    finishedAt: context.now,
    heldUntil: null,
    reason: reason || task.reason,
  });
  const reservations = context.load.openOfTask(task.sid);
  endReservations(context, task);
  if (transfer) context.recordTransferEvent('task.transfer-failed', transfer);
  context.recordTaskEvent('task.canceled', canceled, description, undefined, reservations);
  return canceled;
}

/** @throws InvalidTransition unless the task is assigned */
export function wrapTask(context: CommandContext, task: Task, reason: string | null): Task {
  const status = taskAfter(task, 'wrap', context.accountSid);
  const wrapping = context.changeTask({ ...task, status, reason: reason || task.reason });
  context.recordTaskEvent('task.wrapup', wrapping, undefined, workerOf(context, task));
  for (const reservation of context.load.openOfTask(task.sid))
    if (reservation.status === 'accepted') wrapReservation(context, reservation);
  return wrapping;
}

/** @throws InvalidTransition unless the task is assigned or wrapping */
export function completeTask(context: CommandContext, task: Task, reason: string | null): Task {
  const status = taskAfter(task, 'complete', context.accountSid);
  const completed = context.changeTask({
    ...task,
    status,
    finishedAt: context.now,
    reason: reason || task.reason,
  });
  context.recordTaskEvent('task.completed', completed, undefined, workerOf(context, task));
  for (const reservation of context.load.openOfTask(task.sid)) completeReservation(context, reservation);
  return completed;
}

/** Deletes a task in any status. */
export function deleteTask(
  context: CommandContext,
  task: Task,
  type: 'task.deleted' | 'task.system-deleted',
): void {
  endReservations(context, task);
  context.recordTaskEvent(type, context.state.get('tasks', task.sid), `Task ${task.sid} deleted`);
  forgetTask(context, task);
}

/**
 * Removes the rows of a task without an event, as for a finished task after five minutes. Our choice: a call that is
 * still in progress is removed, too.
 */
export function forgetTask(context: CommandContext, task: Task): void {
  for (const reservation of context.load.ofTask(task.sid)) {
    context.state.remove('deliveries', reservation.sid);
    for (const call of context.calls.of(reservation.sid)) context.state.remove('calls', call.sid);
    context.state.remove('reservations', reservation.sid);
  }
  for (const { sid } of context.transfers.of(task.sid)) context.state.remove('transfers', sid);
  context.state.remove('tasks', task.sid);
}

/**
 * Pending reservations of a task that ends early are canceled (our choice), accepted ones completed (seen in the worker
 * SDK's tests).
 */
function endReservations(context: CommandContext, task: Task): void {
  for (const reservation of context.load.openOfTask(task.sid)) {
    if (reservation.status === 'pending') cancelReservation(context, reservation);
    else completeReservation(context, reservation);
  }
}

/**
 * task.completed names the task's worker but not the reservation (seen in recorded events); so does task.wrapup (our
 * choice). After a transfer, it is the last one who has the task.
 */
function workerOf(context: CommandContext, task: Task): WriteFields {
  const reservations = context.load.ofTask(task.sid);
  const done =
    reservations.findLast(({ status }) => usesCapacity(status)) ??
    reservations.findLast(({ status }) => status === 'completed');
  const worker = done && context.state.find('workers', done.workerSid);
  return (fields) => {
    if (worker) writeWorkerFields(fields, context.state, worker);
  };
}
