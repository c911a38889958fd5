import type { Reservation, Task, Transfer, Worker } from '../../model/entities';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { ReservationMove } from '../../model/statuses';
import type { CommandContext } from '../command-context';
import { attributesText, wholeSeconds } from '../event-fields';
import { hangUp } from '../instructions/phone-calls';
import { endTransfer, giveBack, recordAttempt, recordCompleted, transferOf } from './transfer-lifecycle';
import { reservationAfter, taskAfter } from './transitions';
import { assignmentActivity, moveWorker, reservationActivity } from './worker-activity';

/**
 * The life of a reservation, and what each transition means for its task and worker.
 * Source: https://www.twilio.com/docs/taskrouter/api/reservations and …/docs/taskrouter/lifecycle-task-state
 */

/** Offers a pending task to the chosen workers, all at the same time. */
export function reserve(context: CommandContext, task: Task, workers: readonly Worker[]): void {
  const status = taskAfter(task, 'reserve', context.accountSid);
  const made = context.offers.begin(task, context.now);
  const reserved = context.changeTask({ ...task, status, assignmentCount: task.assignmentCount + 1 });
  for (const worker of workers) made.push(offer(context, reserved, worker));
}

function offer(context: CommandContext, task: Task, worker: Worker): Reservation {
  const workflow = context.state.get('workflows', task.workflowSid);
  const queue = context.state.get('taskQueues', task.taskQueueSid);
  const { sid, sequence, dateCreated, dateUpdated } = context.created(sidPrefix.reservation);
  const reservation = context.state.put('reservations', {
    sid,
    sequence,
    dateCreated,
    dateUpdated,
    workspaceSid: task.workspaceSid,
    status: 'pending',
    taskSid: task.sid,
    workerSid: worker.sid,
    workerName: worker.friendlyName,
    taskChannelSid: task.taskChannelSid,
    taskQueueSid: queue.sid,
    workflowSid: workflow.sid,
    timeoutSeconds: workflow.taskReservationTimeoutSeconds,
    expiresAt: context.now + workflow.taskReservationTimeoutSeconds * 1000,
    workerPreviousActivitySid: worker.activitySid,
    onHold: false,
    canceledReasonCode: null,
    transferSid: task.transferSid,
    version: 0,
  });
  const chosen = context.changeWorker({ ...worker, lastReservedTime: context.now });
  const channel = context.load.channel(worker.sid, task.taskChannelSid);
  if (channel) context.state.put('workerChannels', { ...channel, lastReservedTime: context.now });
  announce(context, task, chosen, reservation);
  context.recordReservationEvent('reservation.created', reservation);
  moveWorker(context, chosen, reservationActivity(context, queue));
  return reservation;
}

/** Puts the assignment callback of a new reservation into the outbox, if the workflow has a URL for it. */
function announce(context: CommandContext, task: Task, worker: Worker, reservation: Reservation): void {
  const workflow = context.state.get('workflows', task.workflowSid);
  const urls = [workflow.assignmentCallbackUrl, workflow.fallbackAssignmentCallbackUrl].filter(
    (url) => url !== null,
  );
  if (urls.length === 0) return;
  context.state.put('deliveries', {
    sid: reservation.sid,
    sequence: reservation.sequence,
    dateCreated: context.now,
    dateUpdated: context.now,
    workspaceSid: task.workspaceSid,
    kind: 'assignment',
    taskSid: task.sid,
    workerSid: worker.sid,
    urls,
    parameters: assignmentParameters(context, task, worker, reservation),
  });
}

/** The eleven parameters of recorded callbacks. Our choice: no Timestamp, which is documented but was never recorded. */
function assignmentParameters(context: CommandContext, task: Task, worker: Worker, reservation: Reservation) {
  return {
    AccountSid: context.accountSid,
    WorkspaceSid: task.workspaceSid,
    WorkflowSid: task.workflowSid,
    TaskQueueSid: task.taskQueueSid,
    WorkerSid: worker.sid,
    WorkerAttributes: attributesText(worker.attributes),
    TaskSid: task.sid,
    TaskAttributes: attributesText(task.attributes),
    TaskAge: String(wholeSeconds(task.dateCreated, context.now)),
    TaskPriority: String(task.priority),
    ReservationSid: reservation.sid,
  };
}

/** The first acceptance wins: the task is assigned, the other reservations of the round are rescinded. */
export function acceptReservation(context: CommandContext, reservation: Reservation): Reservation {
  const accepted = moved(context, reservation, 'accept');
  const task = context.state.get('tasks', reservation.taskSid);
  const status = taskAfter(task, 'assign', context.accountSid);
  const transfer = endTransfer(context, task, 'completed');
  context.changeTask({ ...task, status, assignedAt: context.now, callbackFailures: 0, transferSid: null });
  context.recordReservationEvent('reservation.accepted', accepted);
  recordCompleted(context, transfer);
  for (const sibling of pendingOf(context, task))
    withdraw(context, sibling, 'rescind', 'reservation.rescinded');
  const worker = context.state.get('workers', reservation.workerSid);
  moveWorker(
    context,
    worker,
    assignmentActivity(context, context.state.find('taskQueues', reservation.taskQueueSid)),
  );
  return accepted;
}

/** Without an activity, the worker returns to the previous one; a multitasking worker never left it. */
export function rejectReservation(
  context: CommandContext,
  reservation: Reservation,
  activitySid: string | null,
): Reservation {
  const rejected = end(context, reservation, 'reject', 'reservation.rejected', {
    reEvaluatedReason: 'reservation_rejected',
  });
  if (activitySid) moveWorker(context, context.state.get('workers', reservation.workerSid), activitySid);
  else restoreWorker(context, reservation);
  return rejected;
}

/** The reservation timed out: the worker goes to the workspace's timeout activity, in both tasking modes. */
export function expireReservation(context: CommandContext, reservation: Reservation): void {
  end(context, reservation, 'expire', 'reservation.timeout', { reEvaluatedReason: 'reservation_timeout' });
  context.state.remove('deliveries', reservation.sid);
  const { timeoutActivitySid } = context.state.get('workspaces', reservation.workspaceSid);
  const worker = context.state.find('workers', reservation.workerSid);
  if (worker) moveWorker(context, worker, timeoutActivitySid);
}

/** Cancels a reservation but not its task, which is offered again: at once, or after `heldUntil` of the patch. */
export function cancelOffer(
  context: CommandContext,
  reservation: Reservation,
  patch: Partial<Task> = {},
): void {
  end(context, reservation, 'cancel', 'reservation.canceled', patch);
  context.state.remove('deliveries', reservation.sid);
  restoreWorker(context, reservation);
}

/** Cancels a reservation along with its task. */
export function cancelReservation(context: CommandContext, reservation: Reservation): void {
  withdraw(context, reservation, 'cancel', 'reservation.canceled');
}

export function wrapReservation(context: CommandContext, reservation: Reservation): Reservation {
  const wrapping = moved(context, reservation, 'wrap');
  context.recordReservationEvent('reservation.wrapup', wrapping);
  return wrapping;
}

export function completeReservation(context: CommandContext, reservation: Reservation): Reservation {
  const completed = moved(context, reservation, 'complete');
  context.recordReservationEvent('reservation.completed', completed);
  return completed;
}

/** The reservation in its new status. */
const moved = (context: CommandContext, reservation: Reservation, move: ReservationMove): Reservation =>
  context.changeReservation({ ...reservation, status: reservationAfter(reservation, move), onHold: false });

/** Ends a reservation without acceptance. The last one of a round releases the task. */
function end(
  context: CommandContext,
  reservation: Reservation,
  move: ReservationMove,
  type: EventType,
  released: Partial<Task>,
): Reservation {
  const ended = moved(context, reservation, move);
  hangUp(context, reservation);
  const task = context.state.get('tasks', reservation.taskSid);
  const isLast = task.status === 'reserved' && pendingOf(context, task).length === 0;
  const transfer = isLast ? release(context, task, released) : null;
  context.recordReservationEvent(type, ended);
  recordAttempt(context, transfer);
  return ended;
}

/** The task is pending again; after a transfer to a worker, it goes back instead. Returns the transfer, if there is one. */
function release(context: CommandContext, task: Task, released: Partial<Task>): Transfer | null {
  const transfer = transferOf(context, task);
  if (transfer?.type === 'WORKER') return giveBack(context, task, 'failed');
  context.changeTask({ ...task, status: taskAfter(task, 'release', context.accountSid), ...released });
  context.releasedTasks.push(task.sid);
  return transfer;
}

/** Withdraws an offer; the caller decides about the task. */
function withdraw(
  context: CommandContext,
  reservation: Reservation,
  move: 'cancel' | 'rescind',
  type: EventType,
): void {
  const withdrawn = moved(context, reservation, move);
  context.state.remove('deliveries', reservation.sid);
  hangUp(context, reservation);
  context.recordReservationEvent(type, withdrawn);
  restoreWorker(context, reservation);
}

/**
 * Our choice for rejected, canceled, and rescinded offers: a single-tasking worker returns to the previous activity,
 * unless the worker has been moved since.
 */
function restoreWorker(context: CommandContext, reservation: Reservation): void {
  const worker = context.state.find('workers', reservation.workerSid);
  const activitySid = reservationActivity(
    context,
    context.state.find('taskQueues', reservation.taskQueueSid),
  );
  if (!worker || activitySid === null || worker.activitySid !== activitySid) return;
  moveWorker(context, worker, reservation.workerPreviousActivitySid);
}

const pendingOf = (context: CommandContext, task: Task): Reservation[] =>
  context.load.ofTask(task.sid).filter(({ status }) => status === 'pending');
