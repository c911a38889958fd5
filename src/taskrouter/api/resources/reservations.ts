import type { Reservation } from '../../model/entities';
import { InstructionRefused, InvalidParameter } from '../../model/errors';
import { callbackInstructionNames, type InstructionName, instructionNames } from '../../model/instructions';
import { type InstructionFault, parametersOf, readInstruction } from '../../model/read-instruction';
import { type ReservationStatus, reservationStatuses } from '../../model/statuses';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { type Test, when } from '../filters';
import {
  type FormatReservation,
  formatTaskReservation,
  formatWorkerReservation,
} from '../formats/reservation';
import { listRows } from '../paging';

export function listTaskReservations(request: ApiRequest): Promise<ApiResponse> {
  const { parameters, context } = request;
  const worker = when(
    parameters.sid('WorkerSid', 'WK'),
    (reservation: Reservation, sid) => reservation.workerSid === sid,
  );
  return listRows(request, {
    ...list(request, formatTaskReservation),
    filters: ['ReservationStatus', 'WorkerSid'],
    rows: context.view.reservationsOfTask(request.row('tasks').sid),
    tests: [worker, hasStatus(request)],
  });
}

export function listWorkerReservations(request: ApiRequest): Promise<ApiResponse> {
  return listRows(request, {
    ...list(request, formatWorkerReservation),
    filters: ['ReservationStatus'],
    rows: request.context.view.reservationsOfWorker(request.row('workers').sid),
    tests: [hasStatus(request)],
  });
}

function list(request: ApiRequest, format: FormatReservation) {
  return {
    table: 'reservations',
    key: 'reservations',
    format: (reservation: Reservation) => request.text(format, reservation),
  } as const;
}

function hasStatus({ parameters }: ApiRequest): Test<Reservation> | undefined {
  const status = parameters.oneOf('ReservationStatus', reservationStatuses);
  return when(status, (reservation, wanted) => reservation.status === wanted);
}

export function fetchTaskReservation(request: ApiRequest): ApiResponse {
  const reservation = request.row('reservations');
  return ok(request.text(formatTaskReservation, reservation), reservation.version);
}

/** Without an ETag: Twilio's OpenAPI lists it on the task's path only. */
export function fetchWorkerReservation(request: ApiRequest): ApiResponse {
  return ok(request.text(formatWorkerReservation, request.row('reservations')));
}

export async function updateTaskReservation(request: ApiRequest): Promise<ApiResponse> {
  const reservation = await update(request, instructionNames);
  return ok(formatTaskReservation(reservation, request.context), reservation.version);
}

/** `supervise` exists on the task's path only. */
export async function updateWorkerReservation(request: ApiRequest): Promise<ApiResponse> {
  return ok(formatWorkerReservation(await update(request, callbackInstructionNames), request.context));
}

/**
 * The instructions accept and reject are statuses. With an instruction, ReservationStatus has no effect of its own. Our
 * choice: one of the two is required.
 */
function update(request: ApiRequest, known: readonly InstructionName[]): Promise<Reservation> {
  request.requireMatch(request.row('reservations'));
  const { parameters } = request;
  const status = parameters.oneOf('ReservationStatus', reservationStatuses);
  const instruction = parameters.oneOf('Instruction', known);
  if (status && instruction) requireAgreement(request.row('reservations'), status, instruction);
  else if (status) return move(request, status);
  if (instruction === 'accept') return move(request, 'accepted');
  if (instruction === 'reject') return move(request, 'rejected');
  if (instruction) return instruct(request, instruction);
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

function move(request: ApiRequest, reservationStatus: ReservationStatus): Promise<Reservation> {
  return request.execute({
    type: 'UpdateReservation',
    workspaceSid: request.row('workspaces').sid,
    reservationSid: request.row('reservations').sid,
    reservationStatus,
    workerActivitySid: request.parameters.sid('WorkerActivitySid', 'WA'),
  });
}

function instruct(request: ApiRequest, name: InstructionName): Promise<Reservation> {
  const reading = readInstruction(name, instructionParameters(request, name));
  if (!reading.ok) throw errorFor(reading.fault);
  return request.execute({
    type: 'InstructReservation',
    workspaceSid: request.row('workspaces').sid,
    reservationSid: request.row('reservations').sid,
    instruction: reading.instruction,
  });
}

/** The parameters of the response to an assignment callback, by their names over REST. */
function instructionParameters({ parameters }: ApiRequest, name: InstructionName): Record<string, unknown> {
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
