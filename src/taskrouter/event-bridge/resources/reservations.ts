import { when } from '../../http/filters';
import { readReservationUpdate } from '../../http/reservation-update';
import type { Reservation } from '../../model/entities';
import { callbackInstructionNames } from '../../model/instructions';
import { parametersOf } from '../../model/read-instruction';
import { sidPrefix } from '../../model/sids';
import type { Call } from '../call';
import { listPayload } from '../list';
import { reservationPayload, reservationWithTask } from '../payloads';

export const updateParameters = [
  'ReservationStatus',
  'WorkerActivitySid',
  'Instruction',
  ...callbackInstructionNames.flatMap((name) => parametersOf(name).flatMap(([, { rest }]) => rest)),
];

export const superviseParameters = [
  'Instruction',
  ...parametersOf('supervise').flatMap(([, { rest }]) => rest),
];

const active: ReadonlySet<string> = new Set(['pending', 'accepted', 'wrapping']);

export function listReservations(call: Call): Promise<object> {
  const { parameters, context } = call;
  const passes = when(
    parameters.boolean('Active'),
    ({ status }: Reservation, isActive) => active.has(status) === isActive,
  );
  return listPayload(call, {
    rows: context.view.reservationsOfWorker(call.row('workers').sid),
    passes: passes ?? (() => true),
    prefix: sidPrefix.reservation,
    format: (reservation) => withTask(reservation, call),
  });
}

export function fetchReservation(call: Call): object {
  return withTask(call.row('reservations'), call);
}

function withTask(reservation: Reservation, { context }: Call): object {
  const task = context.view.find('tasks', reservation.taskSid);
  if (!task) throw new Error(`Reservation ${reservation.sid} has no task`);
  return reservationWithTask(reservation, task, context);
}

export async function updateReservation(call: Call): Promise<object> {
  const present = call.row('reservations');
  call.requireMatch(present);
  const command = readReservationUpdate(call.parameters, present, callbackInstructionNames);
  return reservationPayload(await call.execute(command), call.context);
}

/** Calls a supervisor into the conference of the task. */
export async function superviseReservation(call: Call): Promise<object> {
  const command = readReservationUpdate(call.parameters, call.row('reservations'), ['supervise']);
  return reservationPayload(await call.execute(command), call.context);
}
