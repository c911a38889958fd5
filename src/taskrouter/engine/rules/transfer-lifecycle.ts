import type { Reservation, Task, Transfer } from '../../model/entities';
import type { EventType } from '../../model/event-types';
import type { TransferStatus } from '../../model/statuses';
import type { CommandContext } from '../command-context';
import { taskAfter } from './transitions';

/**
 * The life of a transfer, and where its task goes when it ends. A worker who rejects a transfer, or lets it time out,
 * fails it; in a queue, the next worker is offered the task.
 * Source: the tests of Twilio's worker SDK. No documentation describes transfers of tasks without a call.
 */

type EndStatus = Exclude<TransferStatus, 'initiated'>;

const eventTypes = {
  completed: 'task.transfer-completed',
  failed: 'task.transfer-failed',
  canceled: 'task.transfer-canceled',
} as const satisfies Record<EndStatus, EventType>;

/** The transfer of the task that has begun and is not over; null if there is none. */
export const transferOf = (context: CommandContext, { transferSid }: Task): Transfer | null =>
  transferSid === null ? null : context.state.get('transfers', transferSid);

/** Ends the transfer of the task, if there is one. The caller changes the task and records the end. */
export function endTransfer(context: CommandContext, task: Task, status: EndStatus): Transfer | null {
  const transfer = transferOf(context, task);
  return transfer && context.state.put('transfers', { ...transfer, status, dateUpdated: context.now });
}

/** Ends the transfer of a pending or reserved task without success; the caller records the end. */
export function giveBack(
  context: CommandContext,
  task: Task,
  status: 'failed' | 'canceled',
): Transfer | null {
  const transfer = endTransfer(context, task, status);
  if (!transfer) return null;
  const queue = context.state.find('taskQueues', transfer.initiatingQueueSid);
  const isBack = !queue || queue.sid === task.taskQueueSid;
  const returned = context.changeTask({
    ...task,
    ...statusWithout(context, task),
    transferSid: null,
    step: { kind: 'direct', workerSid: null },
    taskQueueSid: isBack ? task.taskQueueSid : queue.sid,
    taskQueueEnteredDate: isBack ? task.taskQueueEnteredDate : context.now,
    heldUntil: null,
  });
  if (!isBack) recordMoved(context, returned, task.taskQueueSid);
  return transfer;
}

/**
 * The status of the task without its transfer: the one of the workers who still have it. Our choice: if there is none,
 * because the one who transferred it has completed the reservation, the task waits in its queue again.
 */
function statusWithout(context: CommandContext, task: Task): Pick<Task, 'status'> {
  const has = (status: Reservation['status']) =>
    context.load.ofTask(task.sid).some((each) => each.status === status);
  if (!has('accepted') && !has('wrapping')) {
    context.releasedTasks.push(task.sid);
    return { status: 'pending' };
  }
  const status = taskAfter(task, 'return', context.accountSid);
  return { status: has('accepted') ? status : taskAfter({ ...task, status }, 'wrap', context.accountSid) };
}

/** Fails the transfer of a pending task, whose worker is no longer there. */
export function failTransfer(context: CommandContext, task: Task): void {
  recordEnd(context, giveBack(context, task, 'failed'));
}

/** Records how a transfer ended without success, and the task as it is without it. */
export function recordEnd(context: CommandContext, transfer: Transfer | null): void {
  if (transfer?.status === 'failed' || transfer?.status === 'canceled') {
    context.recordTransferEvent(eventTypes[transfer.status], transfer);
    context.recordTaskEvent('task.updated', context.state.get('tasks', transfer.taskSid));
  }
}

export function recordCompleted(context: CommandContext, transfer: Transfer | null): void {
  if (transfer) context.recordTransferEvent(eventTypes.completed, transfer);
}

/** Records that no worker of a round accepted: the transfer has failed, or the queue's other workers are next. */
export function recordAttempt(context: CommandContext, transfer: Transfer | null): void {
  if (transfer?.status !== 'initiated') {
    recordEnd(context, transfer);
    return;
  }
  context.recordTransferEvent('task.transfer-attempt-failed', transfer);
  context.recordTaskEvent('task.updated', context.state.get('tasks', transfer.taskSid));
}

/** Records that a task is in another queue than before. */
export function recordMoved(context: CommandContext, task: Task, previousTaskQueueSid: string): void {
  context.recordTaskMoved(task, previousTaskQueueSid);
  context.recordQueueEntered(task);
}
