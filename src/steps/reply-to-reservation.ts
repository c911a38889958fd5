import type { ReservationContext } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { findActivity } from './activity-lookup';
import {
  findReservation,
  type ReservationChoice,
  type ReservationReply,
  reservationNotPending,
} from './reservation-lookup';
import type { StepContext } from './step';
import { fetchTask } from './task-lookup';
import { type TaskResponse, taskResponse } from './task-response';
import { hasStatus } from './taskrouter-errors';

/** Accepts or rejects a reservation, through the reservation and never the task, unless that was done before. */
async function replyToReservation(
  { workspace }: StepContext,
  choice: ReservationChoice,
  reply: ReservationReply,
  workerActivitySid?: string,
): Promise<TaskResponse> {
  const found = await findReservation(workspace, choice, reply);
  // Not the instance itself: an instance from a list has lost its path in the client (seen in twilio 6.2).
  const target = workspace.tasks(choice.taskSid).reservations(found.sid);
  const already = found.reservationStatus === reply;
  const replied = already ? { reservation: found, already } : await update(target, reply, workerActivitySid);
  const task = await fetchTask(workspace, choice.taskSid);
  return taskResponse(task, replied.reservation, replied.already);
}

async function update(target: ReservationContext, reply: ReservationReply, workerActivitySid?: string) {
  try {
    const reservation = await target.update({
      reservationStatus: reply,
      ...(workerActivitySid !== undefined && { workerActivitySid }),
    });
    return { reservation, already: false };
  } catch (error) {
    if (!hasStatus(error, 400, 410)) throw error;
    return readAgain(target, reply, error);
  }
}

/** Another reply came first: TaskRouter responds with 400, or with 410 for a rescinded reservation. */
async function readAgain(target: ReservationContext, reply: ReservationReply, error: unknown) {
  const reservation = await target.fetch();
  if (reservation.reservationStatus === reply) return { reservation, already: true };
  if (reservation.reservationStatus !== 'pending') throw reservationNotPending(reservation);
  throw error;
}

/** Accepts a reservation: the task becomes assigned to its worker. */
export async function acceptReservation(
  context: StepContext,
  choice: ReservationChoice,
): Promise<TaskResponse> {
  return replyToReservation(context, choice, 'accepted');
}

interface RejectReservationParameters extends ReservationChoice {
  /** The worker's next activity, by sid or name. Without one, an available worker may be offered the task again at once. */
  readonly activity?: string | undefined;
}

/** Rejects a reservation: TaskRouter offers the task to other workers. */
export async function rejectReservation(
  context: StepContext,
  { activity, ...choice }: RejectReservationParameters,
): Promise<TaskResponse> {
  const next = activity === undefined ? undefined : await findActivity(context.workspace, activity);
  return replyToReservation(context, choice, 'rejected', next?.sid);
}
