import type { Reservation } from '../../model/entities';
import { InvalidParameter, NotBuilt } from '../../model/errors';
import { type InstructionName, instructionNames } from '../../model/instructions';
import { type ReservationStatus, reservationStatuses } from '../../model/statuses';
import { type Answer, ok } from '../answer';
import type { Call } from '../call';
import { filtered, when } from '../filters';
import { formatReservation } from '../formats/reservation';
import { listRows } from '../paging';

export function listTaskReservations(call: Call): Answer {
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

export function listWorkerReservations(call: Call): Answer {
  const reservations = call.context.view.reservationsOfWorker(call.row('workers').sid);
  return list(call, 'worker', ['ReservationStatus'], reservations);
}

function list(
  call: Call,
  owner: 'task' | 'worker',
  filters: readonly string[],
  reservations: readonly Reservation[],
): Answer {
  const status = call.parameters.oneOf('ReservationStatus', reservationStatuses);
  return listRows(call, {
    table: 'reservations',
    key: 'reservations',
    filters,
    rows: filtered(reservations, [when(status, (reservation, wanted) => reservation.status === wanted)]),
    format: (reservation) => formatReservation(reservation, call.context, owner),
  });
}

export function fetchTaskReservation(call: Call): Answer {
  const reservation = call.row('reservations');
  return ok(formatReservation(reservation, call.context, 'task'), reservation.version);
}

/** Without an ETag: Twilio's OpenAPI lists it on the task's path only. */
export function fetchWorkerReservation(call: Call): Answer {
  return ok(formatReservation(call.row('reservations'), call.context, 'worker'));
}

export async function updateTaskReservation(call: Call): Promise<Answer> {
  const reservation = await update(call, instructionNames, 'UpdateTaskReservation');
  return ok(formatReservation(reservation, call.context, 'task'), reservation.version);
}

/** `supervise` exists on the task's path only. */
export async function updateWorkerReservation(call: Call): Promise<Answer> {
  const known = instructionNames.filter((name) => name !== 'supervise');
  const reservation = await update(call, known, 'UpdateWorkerReservation');
  return ok(formatReservation(reservation, call.context, 'worker'));
}

function update(call: Call, known: readonly InstructionName[], operation: string): Promise<Reservation> {
  call.requireMatch(call.row('reservations'));
  return call.execute({
    type: 'UpdateReservation',
    workspaceSid: call.row('workspaces').sid,
    reservationSid: call.row('reservations').sid,
    reservationStatus: wantedStatus(call, known, operation),
    workerActivitySid: call.parameters.sid('WorkerActivitySid', 'WA'),
  });
}

/** Our choice: exactly one of ReservationStatus and Instruction; the instructions accept and reject are statuses. */
function wantedStatus(
  { parameters }: Call,
  known: readonly InstructionName[],
  operation: string,
): ReservationStatus {
  const status = parameters.oneOf('ReservationStatus', reservationStatuses);
  const instruction = parameters.oneOf('Instruction', known);
  if (status && instruction) throw new InvalidParameter('Send ReservationStatus or Instruction, not both');
  if (status) return status;
  if (instruction === 'accept') return 'accepted';
  if (instruction === 'reject') return 'rejected';
  if (instruction) throw new NotBuilt(`${operation} with Instruction=${instruction}`);
  throw InvalidParameter.missing('ReservationStatus or Instruction');
}
