import type { SettleAssignmentCallback, SettleEventCallback } from '../../model/commands';
import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { Instruction } from '../../model/instructions';
import type { CommandContext } from '../command-context';
import { instruct } from '../instructions/instruct';
import { instructionAlert } from '../instructions/phone-calls';
import { offerAgainLater } from '../rules/offer-again';

/**
 * What came of an assignment callback. An answer that comes too late, when the reservation is no longer pending,
 * changes nothing; an instruction that needs a telephone leaves an alert then.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export function settleAssignmentCallback(turn: CommandContext, command: SettleAssignmentCallback): undefined {
  turn.state.remove('deliveries', command.reservationSid);
  const reservation = turn.state.find('reservations', command.reservationSid);
  if (!reservation) return;
  const { verdict } = command;
  const isOpen = reservation.status === 'pending' && !reservation.onHold;
  if (isOpen && verdict.kind === 'failed') return offerAgainLater(turn, reservation);
  // Whether a conference can be set up is seen later.
  const isSettled =
    verdict.kind === 'none' || (isInstruction(verdict) && verdict.instruction.name !== 'conference');
  if (isOpen && isSettled) forgetFailures(turn, reservation);
  if (isInstruction(verdict)) carryOut(turn, reservation, verdict.instruction);
}

type Verdict = SettleAssignmentCallback['verdict'];
const isInstruction = (verdict: Verdict): verdict is Extract<Verdict, { kind: 'instruction' }> =>
  verdict.kind === 'instruction';

/** Nobody is there to be told what is wrong with an instruction, so the debugger is; the reservation stays as it is. */
function carryOut(turn: CommandContext, reservation: Reservation, instruction: Instruction): void {
  const isReply = instruction.name === 'accept' || instruction.name === 'reject';
  if (isReply && (reservation.status !== 'pending' || reservation.onHold)) return;
  try {
    instruct(turn, reservation, instruction);
  } catch (error) {
    if (!(error instanceof InstructionRefused)) throw error;
    instructionAlert(turn, reservation, error.alertCode, error.message);
  }
}

function forgetFailures(turn: CommandContext, reservation: Reservation): void {
  const task = turn.state.get('tasks', reservation.taskSid);
  if (task.callbackFailures > 0) turn.state.put('tasks', { ...task, callbackFailures: 0 });
}

export function settleEventCallback(turn: CommandContext, command: SettleEventCallback): undefined {
  turn.state.remove('deliveries', command.eventSid);
}
