import type { Reservation } from '../../model/entities';
import { InstructionRefused, InvalidParameter } from '../../model/errors';
import { callbackInstructionNames, type InstructionName, instructionNames } from '../../model/instructions';
import { faultOf, type InstructionFault, parametersOf } from '../../model/read-instruction';
import { type ReservationStatus, reservationStatuses } from '../../model/statuses';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
import { filtered, when } from '../filters';
import { formatReservation } from '../formats/reservation';
import { listRows } from '../paging';

export function listTaskReservations(call: ApiRequest): ApiResponse {
  const { parameters, context } = call;
  const workerSid = parameters.sid('WorkerSid', 'WK');
  return list(
    call,
    'task',
    ['ReservationStatus', 'WorkerSid'],
    [
      ...filtered(context.view.reservationsOfTask(call.row('tasks').sid), [
        when(workerSid, (reservation, sid) => reservation.workerSid === sid),
      ]),
    ],
  );
}

export function listWorkerReservations(call: ApiRequest): ApiResponse {
  const reservations = call.context.view.reservationsOfWorker(call.row('workers').sid);
  return list(call, 'worker', ['ReservationStatus'], reservations);
}

function list(
  call: ApiRequest,
  owner: 'task' | 'worker',
  filters: readonly string[],
  reservations: readonly Reservation[],
): ApiResponse {
  const status = call.parameters.oneOf('ReservationStatus', reservationStatuses);
  return listRows(call, {
    table: 'reservations',
    key: 'reservations',
    filters,
    rows: filtered(reservations, [when(status, (reservation, wanted) => reservation.status === wanted)]),
    format: (reservation) => formatReservation(reservation, call.context, owner),
  });
}

export function fetchTaskReservation(call: ApiRequest): ApiResponse {
  const reservation = call.row('reservations');
  return ok(formatReservation(reservation, call.context, 'task'), reservation.version);
}

/** Without an ETag: Twilio's OpenAPI lists it on the task's path only. */
export function fetchWorkerReservation(call: ApiRequest): ApiResponse {
  return ok(formatReservation(call.row('reservations'), call.context, 'worker'));
}

export async function updateTaskReservation(call: ApiRequest): Promise<ApiResponse> {
  const reservation = await update(call, instructionNames);
  return ok(formatReservation(reservation, call.context, 'task'), reservation.version);
}

/** `supervise` exists on the task's path only. */
export async function updateWorkerReservation(call: ApiRequest): Promise<ApiResponse> {
  return ok(formatReservation(await update(call, callbackInstructionNames), call.context, 'worker'));
}

/** Our choice: exactly one of ReservationStatus and Instruction; the instructions accept and reject are statuses. */
function update(call: ApiRequest, known: readonly InstructionName[]): Promise<Reservation> {
  call.requireMatch(call.row('reservations'));
  const { parameters } = call;
  const status = parameters.oneOf('ReservationStatus', reservationStatuses);
  const instruction = parameters.oneOf('Instruction', known);
  if (status && instruction) throw new InvalidParameter('Send ReservationStatus or Instruction, not both');
  if (status) return move(call, status);
  if (instruction === 'accept') return move(call, 'accepted');
  if (instruction === 'reject') return move(call, 'rejected');
  if (instruction) return instruct(call, instruction);
  throw InvalidParameter.missing('ReservationStatus or Instruction');
}

function move(call: ApiRequest, reservationStatus: ReservationStatus): Promise<Reservation> {
  return call.execute({
    type: 'UpdateReservation',
    workspaceSid: call.row('workspaces').sid,
    reservationSid: call.row('reservations').sid,
    reservationStatus,
    workerActivitySid: call.parameters.sid('WorkerActivitySid', 'WA'),
  });
}

function instruct(call: ApiRequest, name: InstructionName): Promise<Reservation> {
  const instruction = { name, parameters: instructionParameters(call, name) };
  const fault = faultOf(instruction);
  if (fault) throw refusalOf(fault);
  return call.execute({
    type: 'InstructReservation',
    workspaceSid: call.row('workspaces').sid,
    reservationSid: call.row('reservations').sid,
    instruction,
  });
}

/** The same parameters that an assignment callback's answer has, by their names over REST. */
function instructionParameters({ parameters }: ApiRequest, name: InstructionName): Record<string, unknown> {
  const given = parametersOf(name).flatMap(([snakeCase, { rest, reader }]) => {
    const values = rest.flatMap((each) => parameters.all(each));
    return values.length ? [[snakeCase, reader.several ? values : values.at(-1)]] : [];
  });
  return Object.fromEntries(given);
}

/** With the code that the debugger has for the parameter (our choice); 20001 where there is none. */
function refusalOf({ rest, wanted, missing, code }: InstructionFault): Error {
  const text = missing ? `${rest} field is required` : `The value provided for ${rest} is not ${wanted}`;
  return code === null ? new InvalidParameter(text) : new InstructionRefused(code, text);
}
