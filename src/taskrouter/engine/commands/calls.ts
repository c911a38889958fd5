import type { CallAnswered, CallEnded, CallFailed, ConferenceEnded } from '../../model/commands';
import type { Reservation, Task, VoiceCall } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { recordConference, recordInstructionAlert } from '../instructions/phone-calls';
import { offerAgainLater } from '../rules/offer-again';
import { acceptReservation, wrapReservation } from '../rules/reservation-lifecycle';
import { cancelTask, wrapTask } from '../rules/task-lifecycle';
import { moveWorker } from '../rules/worker-activity';
import { withdrawTransfer } from './transfers';

type CallInstruction = VoiceCall['instruction'];

/** The worker, supervisor, or redirected call answered. Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks */
export function callAnswered(context: CommandContext, { callSid }: CallAnswered): undefined {
  const call = context.state.find('calls', callSid);
  if (!call || call.answeredAt !== null) return;
  // The caller's own call went to other TwiML; no telephone rang.
  if (call.instruction === 'redirect') context.state.remove('calls', callSid);
  else context.state.put('calls', { ...call, answeredAt: context.now, dateUpdated: context.now });
  const reservation = context.state.get('reservations', call.reservationSid);
  const isAcceptance = call.instruction === 'dequeue' || call.instruction === 'conference';
  if (!isAcceptance || reservation.status !== 'pending') return;
  // Programs read the conference when they are told that the reservation is accepted (seen in the worker SDK's tests).
  if (call.instruction === 'conference') recordConference(context, reservation, call);
  acceptReservation(context, reservation);
}

/** The alert when a call could not be placed. */
const failureCodes: Readonly<Record<CallInstruction, number>> = {
  dequeue: 40133,
  call: 40113,
  redirect: 40122,
  conference: 40145,
  // Our choice: there is no code for the call itself.
  supervise: 40147,
};

/** Seen as canceled_reason_code of a conference: "invalid phone number". */
const invalidNumber = 13223;

/**
 * The call reached nobody. Our choice: the reservation stays pending until its timeout, but is canceled if its
 * conference cannot be set up.
 */
export function callFailed(context: CommandContext, { callSid, failure }: CallFailed): undefined {
  const call = context.state.find('calls', callSid);
  if (!call || call.answeredAt !== null) return;
  context.state.remove('calls', callSid);
  const reservation = context.state.get('reservations', call.reservationSid);
  if (failure === 'failed') {
    const what = call.instruction === 'redirect' ? 'redirected' : 'placed';
    recordInstructionAlert(
      context,
      reservation,
      failureCodes[call.instruction],
      `The call to ${call.to} could not be ${what}`,
    );
  }
  if (call.instruction !== 'conference' || reservation.status !== 'pending') return;
  const canceledReasonCode = failure === 'failed' ? invalidNumber : null;
  offerAgainLater(
    context,
    context.state.put('reservations', { ...reservation, onHold: false, canceledReasonCode }),
  );
}

/** The conversation is over. Except after a conference in a multitasking workspace, the program completes the task. */
export function callEnded(
  context: CommandContext,
  { callSid, conferenceGoesOn = false }: CallEnded,
): undefined {
  const call = context.state.find('calls', callSid);
  if (!call || call.answeredAt === null) return;
  context.state.remove('calls', callSid);
  const reservation = context.state.get('reservations', call.reservationSid);
  const task = context.state.get('tasks', reservation.taskSid);
  if (call.instruction === 'conference' && isMultitasking(context, task)) {
    if (!conferenceGoesOn) wrapAfterConference(context, task);
    else if (hasAnotherWorker(context, task)) leaveToOthers(context, reservation);
    return;
  }
  if (call.postWorkActivitySid) toPostWork(context, reservation, call.postWorkActivitySid);
  if (call.instruction !== 'supervise' && task.status === 'assigned') recordTaskOpen(context, call, task);
}

/** The last to leave a conference was not a worker. */
export function conferenceEnded(context: CommandContext, { taskSid }: ConferenceEnded): undefined {
  const task = context.state.find('tasks', taskSid);
  if (!task) return;
  if (task.transferSid !== null) failTransferAfterConference(context, task);
  if (isMultitasking(context, task)) wrapAfterConference(context, context.state.get('tasks', taskSid));
}

/**
 * The offer of a transfer is canceled when the customer has gone (seen in the tests of Twilio's worker SDK). Our choice:
 * the transfer has failed, and without a worker who still has the task, it is canceled.
 */
function failTransferAfterConference(context: CommandContext, task: Task): void {
  const hasWorker = context.load.ofTask(task.sid).some(({ status }) => status === 'accepted');
  if (hasWorker) withdrawTransfer(context, task, 'failed');
  else cancelTask(context, task, 'hangup');
}

/** Seen in recorded sessions. */
const conferenceEndedReason = 'Conference ended';

function wrapAfterConference(context: CommandContext, task: Task): void {
  if (task.status === 'assigned') wrapTask(context, task, conferenceEndedReason);
}

/** Whether another worker, to whom the task was transferred, is in its conference. */
const hasAnotherWorker = (context: CommandContext, { sid }: Task): boolean =>
  context.load
    .ofTask(sid)
    .some((each) =>
      context.calls
        .of(each.sid)
        .some(({ instruction, answeredAt }) => instruction === 'conference' && answeredAt !== null),
    );

/** Our choice: after a warm transfer, a worker who leaves the conference wraps up, and the other one goes on. */
function leaveToOthers(context: CommandContext, reservation: Reservation): void {
  if (reservation.status === 'accepted') wrapReservation(context, reservation);
}

/**
 * https://www.twilio.com/docs/taskrouter/multitasking: after a conference, the task of a multitasking workspace goes to
 * wrapping. Our choice: the conference's post-work activity has no effect there.
 */
const isMultitasking = (context: CommandContext, { workspaceSid }: Task): boolean =>
  context.state.get('workspaces', workspaceSid).multiTaskEnabled;

/**
 * Says that the call ended and the task did not, which no event of Twilio's shows.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
function recordTaskOpen(context: CommandContext, { to, reservationSid }: VoiceCall, task: Task): void {
  context.recordAlert({
    code: null,
    level: 'warning',
    workspaceSid: task.workspaceSid,
    resourceSid: reservationSid,
    detail: `The call to ${to} ended while Task ${task.sid} was assigned`,
    remedy: 'Complete the Task in your program: set its AssignmentStatus to completed.',
  });
}

/** Moves the worker to the post-work activity. */
function toPostWork(context: CommandContext, reservation: Reservation, activitySid: string): void {
  const worker = context.state.find('workers', reservation.workerSid);
  if (!worker) return;
  if (context.state.find('activities', activitySid)) moveWorker(context, worker, activitySid);
  else
    recordInstructionAlert(
      context,
      reservation,
      40130,
      `The post-work Activity ${activitySid} does not exist`,
    );
}
