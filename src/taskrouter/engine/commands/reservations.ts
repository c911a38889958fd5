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
  // Our choice: while a conference is being set up no client can move the reservation; acceptance has the known text.
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
      // The others are the engine's own: pending, timeout, rescinded.
      throw new InvalidTransition(
        `Reservation ${reservation.sid} cannot be updated to [${status}] by a client`,
      );
  }
}

/** The task goes along, and with it the one reservation that was accepted. */
function wrap(context: CommandContext, reservation: Reservation): Reservation {
  reservationAfter(reservation, 'wrap');
  wrapTask(context, context.state.get('tasks', reservation.taskSid), null);
  return context.state.get('reservations', reservation.sid);
}

/** A task is completed with its last reservation, and only one was accepted; the reason is Twilio's own (seen). */
function complete(context: CommandContext, reservation: Reservation): Reservation {
  reservationAfter(reservation, 'complete');
  completeTask(context, context.state.get('tasks', reservation.taskSid), 'All reservations were completed');
  return context.state.get('reservations', reservation.sid);
}
