import type { CallAnswered, CallEnded, CallFailed } from '../../model/commands';
import type { Reservation, VoiceCall } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { recordInstructionAlert } from '../instructions/phone-calls';
import { offerAgainLater } from '../rules/offer-again';
import { acceptReservation } from '../rules/reservation-lifecycle';
import { wrapTask } from '../rules/task-lifecycle';
import { moveWorker } from '../rules/worker-activity';

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
  if (isAcceptance && reservation.status === 'pending') acceptReservation(context, reservation);
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

/** The conversation is over. The app completes the task itself. */
export function callEnded(context: CommandContext, { callSid }: CallEnded): undefined {
  const call = context.state.find('calls', callSid);
  if (!call || call.answeredAt === null) return;
  context.state.remove('calls', callSid);
  const reservation = context.state.get('reservations', call.reservationSid);
  if (call.postWorkActivitySid) toPostWork(context, reservation, call.postWorkActivitySid);
  if (call.instruction === 'conference') wrapConferenceTask(context, reservation);
}

/** Moves the worker to the post-work activity, in both tasking modes. */
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

/** https://www.twilio.com/docs/taskrouter/multitasking: the task of a conference goes to wrapping when the call ends. */
function wrapConferenceTask(context: CommandContext, reservation: Reservation): void {
  const task = context.state.get('tasks', reservation.taskSid);
  const { multiTaskEnabled } = context.state.get('workspaces', task.workspaceSid);
  if (multiTaskEnabled && task.status === 'assigned') wrapTask(context, task, null);
}
