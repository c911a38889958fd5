import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { InstructionValues } from '../../model/instruction-parameters';
import { type Instruction, type InstructionName, invalidInstruction } from '../../model/instructions';
import { faultOf, type InstructionFault, valuesOf } from '../../model/read-instruction';
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

/** Each looks at everything that could be wrong before it changes anything. */
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

/**
 * Carries an instruction out, from an assignment callback or over REST.
 * @throws InstructionRefused; nothing has changed then. Also InvalidTransition for `accept` and `reject`.
 */
export function instruct(
  context: CommandContext,
  reservation: Reservation,
  { name, parameters }: Instruction,
): void {
  const fault = faultOf({ name, parameters });
  if (fault) throw refusalOf(name, fault);
  const effect = effects[name] as Effects['accept'];
  effect(context, reservation, valuesOf(name, parameters) as never);
}

/** Our choice where no code is documented: the instruction as a whole is invalid. */
function refusalOf(name: InstructionName, { parameter, wanted, missing, code }: InstructionFault) {
  const text = `Instruction ${name}: ${parameter} ${missing ? 'is missing; it must be' : 'must be'} ${wanted}`;
  return new InstructionRefused(code ?? invalidInstruction, text);
}
