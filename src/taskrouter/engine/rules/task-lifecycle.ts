import type { Reservation, Task } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { type Fields, writeWorkerFields } from '../event-fields';
import { cancelReservation, completeReservation, wrapReservation } from './reservation-lifecycle';
import { taskAfter, usesCapacity } from './transitions';

/**
 * What each end of a task entails. The order of events is our choice where the documentation is silent; an event shows
 * the task as it is after the change.
 */

/** Our choice: a reason is never enforced. @throws InvalidTransition unless the task is pending or reserved */
export function cancelTask(
  turn: CommandContext,
  task: Task,
  reason: string | null,
  description?: string,
): Task {
  const status = taskAfter(task, 'cancel', turn.accountSid);
  const canceled = turn.changeTask(task, {
    status,
    finishedAt: turn.now,
    heldUntil: null,
    ...(reason && { reason }),
  });
  for (const reservation of live(turn, task)) cancelReservation(turn, reservation);
  turn.taskEvent('task.canceled', canceled, {}, description);
  return canceled;
}

/** @throws InvalidTransition unless the task is assigned */
export function wrapTask(turn: CommandContext, task: Task, reason: string | null): Task {
  const status = taskAfter(task, 'wrap', turn.accountSid);
  const wrapping = turn.changeTask(task, { status, ...(reason && { reason }) });
  turn.taskEvent('task.wrapup', wrapping, workerOf(turn, task));
  for (const reservation of live(turn, task))
    if (reservation.status === 'accepted') wrapReservation(turn, reservation);
  return wrapping;
}

/** @throws InvalidTransition unless the task is assigned or wrapping */
export function completeTask(turn: CommandContext, task: Task, reason: string | null): Task {
  const status = taskAfter(task, 'complete', turn.accountSid);
  const completed = turn.changeTask(task, { status, finishedAt: turn.now, ...(reason && { reason }) });
  turn.taskEvent('task.completed', completed, workerOf(turn, task));
  for (const reservation of live(turn, task)) completeReservation(turn, reservation);
  return completed;
}

/**
 * Takes the task out of the world, whatever state it is in: pending reservations are canceled (our choice), accepted
 * ones completed (seen in the worker SDK's tests).
 */
export function deleteTask(
  turn: CommandContext,
  task: Task,
  type: 'task.deleted' | 'task.system-deleted',
): void {
  for (const reservation of live(turn, task)) {
    if (reservation.status === 'pending') cancelReservation(turn, reservation);
    else completeReservation(turn, reservation);
  }
  turn.taskEvent(type, turn.state.get('tasks', task.sid), {}, `Task ${task.sid} deleted`);
  forgetTask(turn, task);
}

/**
 * Removes the rows, without an event: what happens to a finished task after its five minutes. Our choice: a call that
 * still goes on then is forgotten, too.
 */
export function forgetTask(turn: CommandContext, task: Task): void {
  for (const reservation of turn.load.ofTask(task.sid)) {
    turn.state.remove('deliveries', reservation.sid);
    for (const call of turn.calls.of(reservation.sid)) turn.state.remove('calls', call.sid);
    turn.state.remove('reservations', reservation.sid);
  }
  turn.state.remove('tasks', task.sid);
}

const live = (turn: CommandContext, task: Task): Reservation[] =>
  turn.load.ofTask(task.sid).filter(({ status }) => usesCapacity(status));

/**
 * task.completed names the worker who did it, though not the reservation (seen in recorded events); task.wrapup does
 * likewise (our choice).
 */
function workerOf(turn: CommandContext, task: Task): Record<string, string> {
  const done = turn.load
    .ofTask(task.sid)
    .find(({ status }) => usesCapacity(status) || status === 'completed');
  const worker = done && turn.state.find('workers', done.workerSid);
  const fields: Fields = {};
  if (worker) writeWorkerFields(fields, turn.state, worker);
  return fields;
}
