import type { CallAnswered, CallEnded, CallFailed } from '../../model/commands';
import type { Reservation, VoiceCall } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { instructionAlert } from '../instructions/phone-calls';
import { offerAgainLater } from '../rules/offer-again';
import { acceptReservation } from '../rules/reservation-lifecycle';
import { wrapTask } from '../rules/task-lifecycle';
import { moveWorker } from '../rules/worker-activity';

type Instruction = VoiceCall['instruction'];

/** The telephone's part of each instruction. Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks */
export function callAnswered(turn: CommandContext, { callSid }: CallAnswered): undefined {
  const call = turn.state.find('calls', callSid);
  if (!call || call.answeredAt !== null) return;
  // The caller's own call has gone to other TwiML; nobody's telephone rang.
  if (call.instruction === 'redirect') turn.state.remove('calls', callSid);
  else turn.state.put('calls', { ...call, answeredAt: turn.now, dateUpdated: turn.now });
  const reservation = turn.state.get('reservations', call.reservationSid);
  const isAcceptance = call.instruction === 'dequeue' || call.instruction === 'conference';
  if (isAcceptance && reservation.status === 'pending') acceptReservation(turn, reservation);
}

/** What the debugger says when a call could not be placed at all. */
const failureCodes: Readonly<Record<Instruction, number>> = {
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
 * Nobody was reached. Our choice: the reservation stays pending until its timeout, except that one whose conference
 * cannot be set up is canceled.
 */
export function callFailed(turn: CommandContext, { callSid, failure }: CallFailed): undefined {
  const call = turn.state.find('calls', callSid);
  if (!call || call.answeredAt !== null) return;
  turn.state.remove('calls', callSid);
  const reservation = turn.state.get('reservations', call.reservationSid);
  if (failure === 'failed') {
    const what = call.instruction === 'redirect' ? 'redirected' : 'placed';
    instructionAlert(
      turn,
      reservation,
      failureCodes[call.instruction],
      `The call to ${call.to} could not be ${what}`,
    );
  }
  if (call.instruction !== 'conference' || reservation.status !== 'pending') return;
  const canceledReasonCode = failure === 'failed' ? invalidNumber : null;
  offerAgainLater(
    turn,
    turn.state.put('reservations', { ...reservation, onHold: false, canceledReasonCode }),
  );
}

/** After the talk. Nothing else changes: the app completes the task. */
export function callEnded(turn: CommandContext, { callSid }: CallEnded): undefined {
  const call = turn.state.find('calls', callSid);
  if (!call || call.answeredAt === null) return;
  turn.state.remove('calls', callSid);
  const reservation = turn.state.get('reservations', call.reservationSid);
  if (call.postWorkActivitySid) toPostWork(turn, reservation, call.postWorkActivitySid);
  if (call.instruction === 'conference') wrapByItself(turn, reservation);
}

/** In both tasking modes. */
function toPostWork(turn: CommandContext, reservation: Reservation, activitySid: string): void {
  const worker = turn.state.find('workers', reservation.workerSid);
  if (!worker) return;
  if (turn.state.find('activities', activitySid)) moveWorker(turn, worker, activitySid);
  else instructionAlert(turn, reservation, 40130, `The post-work Activity ${activitySid} is gone`);
}

/** https://www.twilio.com/docs/taskrouter/multitasking: a conference's task wraps up when the call ends. */
function wrapByItself(turn: CommandContext, reservation: Reservation): void {
  const task = turn.state.get('tasks', reservation.taskSid);
  const { multiTaskEnabled } = turn.state.get('workspaces', task.workspaceSid);
  if (multiTaskEnabled && task.status === 'assigned') wrapTask(turn, task, null);
}
