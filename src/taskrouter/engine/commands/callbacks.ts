import type { SettleAssignmentCallback, SettleEventCallback } from '../../model/commands';
import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { Instruction } from '../../model/read-instruction';
import type { CommandContext } from '../command-context';
import { instruct } from '../instructions/instruct';
import { recordInstructionAlert } from '../instructions/phone-calls';
import { offerAgainLater } from '../rules/offer-again';

/**
 * Applies the result of an assignment callback. A response that comes when the reservation is no longer pending changes
 * nothing; an instruction that needs a telephone records an alert then.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export function settleAssignmentCallback(
  context: CommandContext,
  command: SettleAssignmentCallback,
): undefined {
  context.state.remove('deliveries', command.reservationSid);
  const reservation = context.state.find('reservations', command.reservationSid);
  if (!reservation) return;
  const { result } = command;
  const isOpen = reservation.status === 'pending' && !reservation.onHold;
  if (isOpen && result.kind === 'failed') return offerAgainLater(context, reservation);
  // Whether the conference can be set up is known later.
  const isSettled =
    result.kind === 'none' || (isInstruction(result) && result.instruction.name !== 'conference');
  if (isOpen && isSettled) forgetFailures(context, reservation);
  if (isInstruction(result)) carryOut(context, reservation, result.instruction);
}

type CallbackResult = SettleAssignmentCallback['result'];
const isInstruction = (result: CallbackResult): result is Extract<CallbackResult, { kind: 'instruction' }> =>
  result.kind === 'instruction';

/** Records a refused instruction as an alert, as there is no client to tell. The reservation stays as it is. */
function carryOut(context: CommandContext, reservation: Reservation, instruction: Instruction): void {
  const isReply = instruction.name === 'accept' || instruction.name === 'reject';
  if (isReply && (reservation.status !== 'pending' || reservation.onHold)) return;
  try {
    instruct(context, reservation, instruction);
  } catch (error) {
    if (!(error instanceof InstructionRefused)) throw error;
    recordInstructionAlert(context, reservation, error.alertCode, error.message);
  }
}

function forgetFailures(context: CommandContext, reservation: Reservation): void {
  const task = context.state.get('tasks', reservation.taskSid);
  if (task.callbackFailures > 0) context.state.put('tasks', { ...task, callbackFailures: 0 });
}

export function settleEventCallback(context: CommandContext, command: SettleEventCallback): undefined {
  context.state.remove('deliveries', command.eventSid);
}
