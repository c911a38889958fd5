import { type Test, when } from '../../http/filters';
import { readReservationUpdate } from '../../http/reservation-update';
import type { Reservation } from '../../model/entities';
import { callbackInstructionNames, type InstructionName, instructionNames } from '../../model/instructions';
import { reservationStatuses } from '../../model/statuses';
import type { ApiRequest } from '../api-request';
import { type ApiResponse, ok } from '../api-response';
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

function update(request: ApiRequest, known: readonly InstructionName[]): Promise<Reservation> {
  const present = request.row('reservations');
  request.requireMatch(present);
  return request.execute(readReservationUpdate(request.parameters, present, known));
}
