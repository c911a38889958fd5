import type { InstructReservation, UpdateReservation } from '../model/commands';
import type { Reservation } from '../model/entities';
import { InstructionRefused, InvalidParameter } from '../model/errors';
import type { InstructionName } from '../model/instructions';
import { type InstructionFault, parametersOf, readInstruction } from '../model/read-instruction';
import { type ReservationStatus, reservationStatuses } from '../model/statuses';
import type { Parameters } from './parameters';

/**
 * The instructions accept and reject are statuses. With an instruction, ReservationStatus has no effect of its own. Our
 * choice: one of the two is required.
 */
export function readReservationUpdate(
  parameters: Parameters,
  present: Reservation,
  known: readonly InstructionName[],
): UpdateReservation | InstructReservation {
  const status = parameters.oneOf('ReservationStatus', reservationStatuses);
  const instruction = parameters.oneOf('Instruction', known);
  if (status && instruction) requireAgreement(present, status, instruction);
  else if (status) return move(parameters, present, status);
  if (instruction === 'accept') return move(parameters, present, 'accepted');
  if (instruction === 'reject') return move(parameters, present, 'rejected');
  if (instruction) return instruct(parameters, present, instruction);
  throw InvalidParameter.missing('ReservationStatus or Instruction');
}

/** The status that each instruction eventually sets. */
const statusAfter: Readonly<Partial<Record<InstructionName, ReservationStatus>>> = {
  accept: 'accepted',
  reject: 'rejected',
  dequeue: 'accepted',
  call: 'accepted',
  redirect: 'accepted',
  conference: 'accepted',
};

/**
 * Programs in production send both. Our choice: the status must be the present one or the one that the instruction
 * sets. @throws InvalidParameter if it is another
 */
function requireAgreement(
  present: Reservation,
  status: ReservationStatus,
  instruction: InstructionName,
): void {
  if (status === present.status || status === statusAfter[instruction]) return;
  throw new InvalidParameter(
    `ReservationStatus '${status}' contradicts Instruction '${instruction}': send only one of them`,
  );
}

function move(
  parameters: Parameters,
  { workspaceSid, sid }: Reservation,
  reservationStatus: ReservationStatus,
): UpdateReservation {
  return {
    type: 'UpdateReservation',
    workspaceSid,
    reservationSid: sid,
    reservationStatus,
    workerActivitySid: parameters.sid('WorkerActivitySid', 'WA'),
  };
}

function instruct(
  parameters: Parameters,
  { workspaceSid, sid }: Reservation,
  name: InstructionName,
): InstructReservation {
  const reading = readInstruction(name, instructionParameters(parameters, name));
  if (!reading.ok) throw errorFor(reading.fault);
  return {
    type: 'InstructReservation',
    workspaceSid,
    reservationSid: sid,
    instruction: reading.instruction,
  };
}

/** The parameters of the response to an assignment callback, by their names over REST. */
function instructionParameters(parameters: Parameters, name: InstructionName): Record<string, unknown> {
  const given = parametersOf(name).flatMap(([snakeCase, { rest, reader }]) => {
    const values = rest.flatMap((each) => parameters.all(each));
    return values.length ? [[snakeCase, reader.several ? values : values.at(-1)]] : [];
  });
  return Object.fromEntries(given);
}

/** Has the debugger's code for the parameter (our choice), or 20001 if there is none. */
function errorFor(fault: InstructionFault): Error {
  const { rest, missing, code } = fault;
  if (code === null) return new InvalidParameter(faultText(fault));
  // Known: an invalid CallUrl has code 20001.
  const isKnown = rest === 'CallUrl' && !missing;
  return new InstructionRefused(code, faultText(fault), isKnown ? 20001 : code);
}

/** "is not a valid CallUrl" is known; the other URLs have the same text (our choice). */
function faultText({ rest, value, isUrl, wanted, missing }: InstructionFault): string {
  if (missing) return `${rest} field is required`;
  return isUrl ? `'${value}' is not a valid ${rest}` : `The value provided for ${rest} is not ${wanted}`;
}
