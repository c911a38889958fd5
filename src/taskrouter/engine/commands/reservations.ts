import type { InstructReservation, UpdateReservation } from '../../model/commands';
import type { Reservation, Task } from '../../model/entities';
import { InvalidTransition } from '../../model/errors';
import type { ReservationStatus } from '../../model/statuses';
import type { CommandContext } from '../command-context';
import { instruct } from '../instructions/instruct';
import {
  acceptReservation,
  cancelOffer,
  completeReservation,
  rejectReservation,
  wrapReservation,
} from '../rules/reservation-lifecycle';
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

/** Wraps the task, and with it the reservation; the reservation alone if others go on with the task. */
function wrap(context: CommandContext, reservation: Reservation): Reservation {
  reservationAfter(reservation, 'wrap');
  const task = context.state.get('tasks', reservation.taskSid);
  if (goesOn(context, task, reservation, ['accepted'])) return wrapReservation(context, reservation);
  wrapTask(context, task, null);
  return context.state.get('reservations', reservation.sid);
}

/**
 * Completes the task, and with it the reservation; the reservation alone if others go on with the task. The reason is
 * Twilio's text (seen).
 */
function complete(context: CommandContext, reservation: Reservation): Reservation {
  reservationAfter(reservation, 'complete');
  const task = context.state.get('tasks', reservation.taskSid);
  if (goesOn(context, task, reservation, ['accepted', 'wrapping'])) return leave(context, task, reservation);
  completeTask(context, task, 'All reservations were completed');
  return context.state.get('reservations', reservation.sid);
}

/** Whether, after a transfer, another worker still has the task, or is about to get it. */
const goesOn = (
  context: CommandContext,
  task: Task,
  { sid }: Reservation,
  statuses: readonly ReservationStatus[],
): boolean =>
  task.transferSid !== null ||
  context.load.ofTask(task.sid).some((each) => each.sid !== sid && statuses.includes(each.status));

/** Completes one of several reservations. A task that the others only wrap up is in wrap-up, too. */
function leave(context: CommandContext, task: Task, reservation: Reservation): Reservation {
  const completed = completeReservation(context, reservation);
  if (task.status === 'assigned' && !goesOn(context, task, reservation, ['accepted']))
    wrapTask(context, task, null);
  return completed;
}
