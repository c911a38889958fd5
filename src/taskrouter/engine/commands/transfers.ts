import { limits } from '../../../common/limits';
import type { CancelTransfer, CreateTransfer } from '../../model/commands';
import type { Reservation, Task, Transfer } from '../../model/entities';
import { InvalidParameter, InvalidTransition } from '../../model/errors';
import { isSid, sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { cancelReservation, wrapReservation } from '../rules/reservation-lifecycle';
import { giveBack, recordEnd, recordMoved } from '../rules/transfer-lifecycle';
import { taskAfter } from '../rules/transitions';
import { checkRange, given, named, subject } from './lookups';

/** Where a transfer goes. */
interface Destination {
  readonly type: Transfer['type'];
  readonly workerSid: string | null;
  readonly taskQueueSid: string;
}

/**
 * Offers an assigned task to another worker, or to the workers of a queue. After a cold transfer, the worker who
 * transferred it is in wrap-up at once; after a warm one, both work on it. Source: the tests of Twilio's worker SDK.
 * @throws InvalidTransition unless the reservation is accepted and the task assigned
 * @throws InvalidParameter if the worker is not available, or is the one who has the task
 */
export function createTransfer(context: CommandContext, command: CreateTransfer): Transfer {
  const task = subject(context, command, 'tasks', command.taskSid);
  const reservation = acceptedBy(context, command, task);
  if (command.priority !== undefined) checkRange('Priority', command.priority, limits.priority);
  const destination = destinationOf(context, command, task, reservation);
  const status = taskAfter(task, 'transfer', context.accountSid);
  const transfer = context.state.put('transfers', {
    ...context.created(sidPrefix.transfer),
    workspaceSid: task.workspaceSid,
    taskSid: task.sid,
    status: 'initiated',
    mode: command.mode ?? 'WARM',
    type: destination.type,
    to: command.to,
    initiatingReservationSid: reservation.sid,
    initiatingWorkerSid: reservation.workerSid,
    initiatingQueueSid: task.taskQueueSid,
    initiatingWorkflowSid: task.workflowSid,
  });
  const sent = send(context, { ...task, status, transferSid: transfer.sid }, destination, command);
  context.recordTransferEvent('task.transfer-initiated', transfer);
  if (sent.taskQueueSid !== task.taskQueueSid) recordMoved(context, sent, task.taskQueueSid);
  if (transfer.mode === 'COLD') wrapReservation(context, reservation);
  return transfer;
}

/** @throws InvalidTransition if the transfer is over, with Twilio's own text (seen) */
export function cancelTransfer(context: CommandContext, command: CancelTransfer): Transfer {
  const transfer = subject(context, command, 'transfers', command.transferSid);
  if (transfer.status !== 'initiated') {
    throw new InvalidTransition(
      `Transfer ${transfer.sid} is already ${transfer.status} . Cannot cancel transfer.`,
    );
  }
  withdrawTransfer(context, context.state.get('tasks', transfer.taskSid), 'canceled');
  return context.state.get('transfers', transfer.sid);
}

/** Ends the transfer of the task, and takes its offers back. */
export function withdrawTransfer(context: CommandContext, task: Task, status: 'failed' | 'canceled'): void {
  const ended = giveBack(context, task, status);
  for (const reservation of context.load.ofTask(task.sid))
    if (reservation.status === 'pending') cancelReservation(context, reservation);
  recordEnd(context, ended);
}

/** The reservation of the worker who transfers the task. */
function acceptedBy(context: CommandContext, command: CreateTransfer, task: Task): Reservation {
  const { reservationSid } = command;
  const reservation = named(context, task.workspaceSid, 'reservations', 'ReservationSid', reservationSid);
  if (reservation.taskSid !== task.sid)
    throw new InvalidParameter(`Reservation ${reservationSid} does not belong to Task ${task.sid}`);
  if (reservation.status === 'accepted') return reservation;
  throw new InvalidTransition(
    `Reservation ${reservationSid} is [${reservation.status}]: only an accepted one can be transferred`,
  );
}

function destinationOf(
  context: CommandContext,
  { to }: CreateTransfer,
  task: Task,
  { workerSid }: Reservation,
): Destination {
  if (isSid(sidPrefix.taskQueue, to)) {
    const { sid } = named(context, task.workspaceSid, 'taskQueues', 'To', to);
    return { type: 'QUEUE', workerSid: null, taskQueueSid: sid };
  }
  if (!isSid(sidPrefix.worker, to)) throw InvalidParameter.badSid('To', to);
  const worker = named(context, task.workspaceSid, 'workers', 'To', to);
  if (worker.sid === workerSid) throw new InvalidParameter(`To is Worker ${to}, who has the Task already`);
  if (!context.state.get('activities', worker.activitySid).available)
    throw new InvalidParameter(`Worker ${to} is not available: choose another, or a TaskQueue`);
  return { type: 'WORKER', workerSid: worker.sid, taskQueueSid: task.taskQueueSid };
}

/** The task on its way. Its attributes and its priority stay as the transfer set them (our choice). */
function send(
  context: CommandContext,
  task: Task,
  { workerSid, taskQueueSid }: Destination,
  { priority, attributes }: CreateTransfer,
): Task {
  const isElsewhere = taskQueueSid !== task.taskQueueSid;
  return context.changeTask({
    ...task,
    ...given({ priority, attributes }),
    step: { kind: 'direct', workerSid },
    taskQueueSid,
    taskQueueEnteredDate: isElsewhere ? context.now : task.taskQueueEnteredDate,
    callbackFailures: 0,
  });
}
