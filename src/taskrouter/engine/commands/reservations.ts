import type { InstructReservation, UpdateReservation } from '../../model/commands';
import type { Reservation } from '../../model/entities';
import { InvalidTransition } from '../../model/errors';
import type { ReservationStatus } from '../../model/statuses';
import type { CommandContext } from '../command-context';
import { instruct } from '../instructions/instruct';
import { acceptReservation, cancelOffer, rejectReservation } from '../rules/reservation-lifecycle';
import { completeTask, wrapTask } from '../rules/task-lifecycle';
import { notExpected, reservationAfter } from '../rules/transitions';
import { named, subject } from './lookups';

/** https://www.twilio.com/docs/taskrouter/api/reservations */
export function updateReservation(context: CommandContext, command: UpdateReservation): Reservation {
  const reservation = subject(context, command, 'reservations', command.reservationSid);
  const activitySid = command.workerActivitySid ?? null;
  if (activitySid) named(context, reservation.workspaceSid, 'activities', 'WorkerActivitySid', activitySid);
  return move(context, reservation, command.reservationStatus, activitySid);
}

/** https://www.twilio.com/docs/taskrouter/api/reservations: Instruction */
export function instructReservation(context: CommandContext, command: InstructReservation): Reservation {
  const reservation = subject(context, command, 'reservations', command.reservationSid);
  instruct(context, reservation, command.instruction);
  return context.state.get('reservations', reservation.sid);
}

function move(
  context: CommandContext,
  reservation: Reservation,
  status: ReservationStatus,
  activitySid: string | null,
): Reservation {
  // Our choice: clients cannot update a reservation while its conference is set up; acceptance has the known text.
  if (reservation.onHold) throw notExpected(reservation, status === 'accepted' ? 'onHold' : status);
  switch (status) {
    case 'accepted':
      return acceptReservation(context, reservation);
    case 'rejected':
      return rejectReservation(context, reservation, activitySid);
    case 'canceled':
      reservationAfter(reservation, 'cancel');
      cancelOffer(context, reservation);
      return context.state.get('reservations', reservation.sid);
    case 'wrapping':
      return wrap(context, reservation);
    case 'completed':
      return complete(context, reservation);
    default:
      // Only the engine sets pending, timeout, and rescinded.
      throw new InvalidTransition(
        `Reservation ${reservation.sid} cannot be updated to [${status}] by a client`,
      );
  }
}

/** Wraps the task, and with it its one accepted reservation. */
function wrap(context: CommandContext, reservation: Reservation): Reservation {
  reservationAfter(reservation, 'wrap');
  wrapTask(context, context.state.get('tasks', reservation.taskSid), null);
  return context.state.get('reservations', reservation.sid);
}

/** Completes the task, and with it its one accepted reservation. The reason is Twilio's text (seen). */
function complete(context: CommandContext, reservation: Reservation): Reservation {
  reservationAfter(reservation, 'complete');
  completeTask(context, context.state.get('tasks', reservation.taskSid), 'All reservations were completed');
  return context.state.get('reservations', reservation.sid);
}
