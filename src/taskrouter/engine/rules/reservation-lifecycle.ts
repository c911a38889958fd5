import type { Reservation, Task, Worker } from '../../model/entities';
import type { EventType } from '../../model/event-types';
import { sidPrefix } from '../../model/sids';
import type { ReservationMove } from '../../model/statuses';
import type { CommandContext } from '../command-context';
import { attributesText, wholeSeconds } from '../event-fields';
import { hangUp } from '../instructions/phone-calls';
import { reservationAfter, taskAfter } from './transitions';
import { assignmentActivity, moveWorker, reservationActivity } from './worker-activity';

/**
 * From the offer of a task to a worker until its end, and what each move entails for task and worker.
 * Source: https://www.twilio.com/docs/taskrouter/api/reservations and …/docs/taskrouter/lifecycle-task-state
 */

/** Offers a pending task to the chosen workers, all at the same moment. */
export function reserve(turn: CommandContext, task: Task, workers: readonly Worker[]): void {
  const status = taskAfter(task, 'reserve', turn.accountSid);
  const reserved = turn.changeTask(task, { status, assignmentCount: task.assignmentCount + 1 });
  for (const worker of workers) offer(turn, reserved, worker);
}

function offer(turn: CommandContext, task: Task, worker: Worker): void {
  const workflow = turn.state.get('workflows', task.workflowSid);
  const queue = turn.state.get('taskQueues', task.taskQueueSid);
  const { sid, sequence, dateCreated, dateUpdated } = turn.created(sidPrefix.reservation);
  const reservation = turn.state.put('reservations', {
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
    expiresAt: turn.now + workflow.taskReservationTimeoutSeconds * 1000,
    workerPreviousActivitySid: worker.activitySid,
    onHold: false,
    canceledReasonCode: null,
    version: 0,
  });
  const chosen = turn.changeWorker(worker, { lastReservedTime: turn.now });
  const channel = turn.load.channel(worker.sid, task.taskChannelSid);
  if (channel) turn.state.put('workerChannels', { ...channel, lastReservedTime: turn.now });
  announce(turn, task, chosen, reservation);
  turn.reservationEvent('reservation.created', reservation);
  moveWorker(turn, chosen, reservationActivity(turn, queue));
}

/** The assignment callback, if the workflow has a URL for it: one for each reservation, as it is created. */
function announce(turn: CommandContext, task: Task, worker: Worker, reservation: Reservation): void {
  const workflow = turn.state.get('workflows', task.workflowSid);
  const urls = [workflow.assignmentCallbackUrl, workflow.fallbackAssignmentCallbackUrl].filter(
    (url) => url !== null,
  );
  if (urls.length === 0) return;
  turn.state.put('deliveries', {
    sid: reservation.sid,
    sequence: reservation.sequence,
    dateCreated: turn.now,
    dateUpdated: turn.now,
    workspaceSid: task.workspaceSid,
    kind: 'assignment',
    taskSid: task.sid,
    workerSid: worker.sid,
    urls,
    parameters: assignmentParameters(turn, task, worker, reservation),
  });
}

/** The eleven parameters of recorded callbacks. Our choice: the documented Timestamp, never among them, is not sent. */
function assignmentParameters(turn: CommandContext, task: Task, worker: Worker, reservation: Reservation) {
  return {
    AccountSid: turn.accountSid,
    WorkspaceSid: task.workspaceSid,
    WorkflowSid: task.workflowSid,
    TaskQueueSid: task.taskQueueSid,
    WorkerSid: worker.sid,
    WorkerAttributes: attributesText(worker.attributes),
    TaskSid: task.sid,
    TaskAttributes: attributesText(task.attributes),
    TaskAge: String(wholeSeconds(task.dateCreated, turn.now)),
    TaskPriority: String(task.priority),
    ReservationSid: reservation.sid,
  };
}

/** The first acceptance wins: the task is assigned, the other reservations of the round are rescinded. */
export function acceptReservation(turn: CommandContext, reservation: Reservation): Reservation {
  const accepted = turn.changeReservation(reservation, reservationAfter(reservation, 'accept'));
  const task = turn.state.get('tasks', reservation.taskSid);
  const status = taskAfter(task, 'assign', turn.accountSid);
  turn.changeTask(task, { status, assignedAt: turn.now, callbackFailures: 0 });
  turn.reservationEvent('reservation.accepted', accepted);
  for (const sibling of pendingOf(turn, task)) withdraw(turn, sibling, 'rescind', 'reservation.rescinded');
  const worker = turn.state.get('workers', reservation.workerSid);
  moveWorker(turn, worker, assignmentActivity(turn, turn.state.find('taskQueues', reservation.taskQueueSid)));
  return accepted;
}

/** Without an activity the worker goes back to the one before, which in a multitasking workspace it never left. */
export function rejectReservation(
  turn: CommandContext,
  reservation: Reservation,
  activitySid: string | null,
): Reservation {
  const rejected = end(turn, reservation, 'reject', 'reservation.rejected', {
    reEvaluatedReason: 'reservation_rejected',
  });
  if (activitySid) moveWorker(turn, turn.state.get('workers', reservation.workerSid), activitySid);
  else restoreWorker(turn, reservation);
  return rejected;
}

/** Not answered in time: the worker goes to the workspace's timeout activity, in both tasking modes. */
export function expireReservation(turn: CommandContext, reservation: Reservation): void {
  end(turn, reservation, 'expire', 'reservation.timeout', { reEvaluatedReason: 'reservation_timeout' });
  turn.state.remove('deliveries', reservation.sid);
  const { timeoutActivitySid } = turn.state.get('workspaces', reservation.workspaceSid);
  const worker = turn.state.find('workers', reservation.workerSid);
  if (worker) moveWorker(turn, worker, timeoutActivitySid);
}

/** Canceled while its task is still wanted: the task is offered again, at once or when `patch` says. */
export function cancelOffer(turn: CommandContext, reservation: Reservation, patch: Partial<Task> = {}): void {
  end(turn, reservation, 'cancel', 'reservation.canceled', patch);
  turn.state.remove('deliveries', reservation.sid);
  restoreWorker(turn, reservation);
}

/** Canceled along with its task. */
export function cancelReservation(turn: CommandContext, reservation: Reservation): void {
  withdraw(turn, reservation, 'cancel', 'reservation.canceled');
}

export function wrapReservation(turn: CommandContext, reservation: Reservation): Reservation {
  const wrapping = turn.changeReservation(reservation, reservationAfter(reservation, 'wrap'));
  turn.reservationEvent('reservation.wrapup', wrapping);
  return wrapping;
}

export function completeReservation(turn: CommandContext, reservation: Reservation): Reservation {
  const completed = turn.changeReservation(reservation, reservationAfter(reservation, 'complete'));
  turn.reservationEvent('reservation.completed', completed);
  return completed;
}

/** Ends a reservation without acceptance; the task is pending again when no sibling is still open. */
function end(
  turn: CommandContext,
  reservation: Reservation,
  move: ReservationMove,
  type: EventType,
  released: Partial<Task>,
): Reservation {
  const ended = turn.changeReservation(reservation, reservationAfter(reservation, move));
  hangUp(turn, reservation);
  const task = turn.state.get('tasks', reservation.taskSid);
  if (task.status === 'reserved' && pendingOf(turn, task).length === 0) {
    turn.changeTask(task, { status: taskAfter(task, 'release', turn.accountSid), ...released });
    turn.releasedTasks.add(task.sid);
  }
  turn.reservationEvent(type, ended);
  return ended;
}

/** Takes an offer back; what becomes of the task is decided elsewhere. */
function withdraw(
  turn: CommandContext,
  reservation: Reservation,
  move: 'cancel' | 'rescind',
  type: EventType,
): void {
  const withdrawn = turn.changeReservation(reservation, reservationAfter(reservation, move));
  turn.state.remove('deliveries', reservation.sid);
  hangUp(turn, reservation);
  turn.reservationEvent(type, withdrawn);
  restoreWorker(turn, reservation);
}

/**
 * Our choice for rejected, canceled and rescinded offers: a single-tasking worker goes back to the activity held
 * before, unless somebody has moved it since.
 */
function restoreWorker(turn: CommandContext, reservation: Reservation): void {
  const worker = turn.state.find('workers', reservation.workerSid);
  const activitySid = reservationActivity(turn, turn.state.find('taskQueues', reservation.taskQueueSid));
  if (!worker || activitySid === null || worker.activitySid !== activitySid) return;
  moveWorker(turn, worker, reservation.workerPreviousActivitySid);
}

const pendingOf = (turn: CommandContext, task: Task): Reservation[] =>
  turn.load.ofTask(task.sid).filter(({ status }) => status === 'pending');
