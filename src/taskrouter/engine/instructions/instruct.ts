import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { InstructionName } from '../../model/instructions';
import type { Instruction } from '../../model/read-instruction';
import type { CommandContext } from '../command-context';
import { acceptReservation, rejectReservation } from '../rules/reservation-lifecycle';
import { call } from './call';
import { conference } from './conference';
import { dequeue } from './dequeue';
import { redirect } from './redirect';
import { requireActivity } from './requirements';
import { supervise } from './supervise';

type Effects = {
  readonly [Name in InstructionName]: (
    context: CommandContext,
    reservation: Reservation,
    values: InstructionValues<Name>,
  ) => void;
};

/** Each checks everything before it changes anything. */
const effects: Effects = {
  accept: acceptReservation,
  reject: (context, reservation, { activity_sid }) => {
    requireActivity(context, reservation, activity_sid, 40100);
    rejectReservation(context, reservation, activity_sid ?? null);
  },
  dequeue,
  call,
  redirect,
  conference,
  supervise,
};

/** https://www.twilio.com/docs/api/errors/40151: what may answer the offer of a transfer. */
const allowedInTransfers: ReadonlySet<InstructionName> = new Set([
  'accept',
  'reject',
  'conference',
  'supervise',
]);

/**
 * Carries out an instruction of an assignment callback's response or of a REST request.
 * @throws InstructionRefused; also InvalidTransition for `accept` and `reject`. Nothing has changed then.
 */
export function instruct(
  context: CommandContext,
  reservation: Reservation,
  { name, parameters }: Instruction,
): void {
  if (reservation.transferSid !== null && !allowedInTransfers.has(name)) {
    const allowed = [...allowedInTransfers].join(', ');
    throw new InstructionRefused(
      40151,
      `A transferred task cannot get the instruction ${name}: use ${allowed}`,
    );
  }
  const effect = effects[name] as (
    context: CommandContext,
    reservation: Reservation,
    values: InstructionValues<InstructionName>,
  ) => void;
  effect(context, reservation, parameters);
}
