import type { SettleAssignmentCallback, SettleEventCallback } from '../../model/commands';
import type { Reservation } from '../../model/entities';
import type { Instruction } from '../../model/instructions';
import { limits } from '../limits';
import { acceptReservation, cancelOffer, rejectReservation } from '../reservation-lifecycle';
import type { Turn } from '../turn';

/**
 * What came of an assignment callback. An answer that comes too late, when the reservation is no longer pending,
 * changes nothing.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export function settleAssignmentCallback(turn: Turn, command: SettleAssignmentCallback): undefined {
  turn.state.remove('deliveries', command.reservationSid);
  const reservation = turn.state.find('reservations', command.reservationSid);
  if (reservation?.status !== 'pending') return;
  const { verdict } = command;
  if (verdict.kind === 'failed') return offerAgainLater(turn, reservation);
  forgetFailures(turn, reservation);
  if (verdict.kind === 'instruction') carryOut(turn, reservation, verdict.instruction);
}

function carryOut(turn: Turn, reservation: Reservation, { name, parameters }: Instruction): void {
  if (name === 'accept') acceptReservation(turn, reservation);
  if (name === 'reject') rejectByInstruction(turn, reservation, parameters.activity_sid);
}

/** Our choice: without an activity rejected all the same, with one that does not exist left pending (error 40100). */
function rejectByInstruction(turn: Turn, reservation: Reservation, activitySid: unknown): void {
  if (activitySid === undefined || activitySid === null || activitySid === '') {
    rejectReservation(turn, reservation, null);
    return;
  }
  const activity = typeof activitySid === 'string' ? turn.state.find('activities', activitySid) : undefined;
  if (activity?.workspaceSid === reservation.workspaceSid) rejectReservation(turn, reservation, activity.sid);
}

/**
 * No URL gave a usable answer: the reservation is canceled and the task offered again, after 1, 2, 4 … 60 s (our
 * choice), so that an unreachable receiver neither spins nor uses up the Max Assignment Count.
 */
function offerAgainLater(turn: Turn, reservation: Reservation): undefined {
  const { callbackFailures } = turn.state.get('tasks', reservation.taskSid);
  const { first, most } = limits.offerAgainMilliseconds;
  const wait = Math.min(first * 2 ** callbackFailures, most);
  cancelOffer(turn, reservation, { callbackFailures: callbackFailures + 1, heldUntil: turn.now + wait });
}

function forgetFailures(turn: Turn, reservation: Reservation): void {
  const task = turn.state.get('tasks', reservation.taskSid);
  if (task.callbackFailures > 0) turn.state.put('tasks', { ...task, callbackFailures: 0 });
}

export function settleEventCallback(turn: Turn, command: SettleEventCallback): undefined {
  turn.state.remove('deliveries', command.eventSid);
}
