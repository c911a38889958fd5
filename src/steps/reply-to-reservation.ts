import type { ReservationContext } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { isRefusal } from './refusal';
import {
  findReservation,
  type ReservationChoice,
  type ReservationReply,
  reservationNotPending,
} from './reservation-lookup';
import type { StepNeeds } from './step';
import { type TaskAnswer, taskAnswer } from './task-answer';
import { fetchTask } from './task-lookup';

/** Accepts or rejects, through the reservation and never the task, after a look at what is already so. */
export async function replyToReservation(
  { workspace }: StepNeeds,
  choice: ReservationChoice,
  reply: ReservationReply,
  workerActivitySid?: string,
): Promise<TaskAnswer> {
  const found = await findReservation(workspace, choice, reply);
  // Not the instance itself: one that comes from a list has lost its path in the client (seen in twilio 6.2).
  const target = workspace.tasks(choice.taskSid).reservations(found.sid);
  const already = found.reservationStatus === reply;
  const replied = already ? { reservation: found, already } : await update(target, reply, workerActivitySid);
  const task = await fetchTask(workspace, choice.taskSid);
  return taskAnswer(task, replied.reservation, replied.already);
}

async function update(target: ReservationContext, reply: ReservationReply, workerActivitySid?: string) {
  try {
    const reservation = await target.update({
      reservationStatus: reply,
      ...(workerActivitySid !== undefined && { workerActivitySid }),
    });
    return { reservation, already: false };
  } catch (error) {
    if (!isRefusal(error, 400, 410)) throw error;
    return lookAgain(target, reply, error);
  }
}

/** Somebody else replied between our look and our update (TaskRouter answers 400, or 410 for a rescinded one). */
async function lookAgain(target: ReservationContext, reply: ReservationReply, refusal: unknown) {
  const reservation = await target.fetch();
  if (reservation.reservationStatus === reply) return { reservation, already: true };
  if (reservation.reservationStatus !== 'pending') throw reservationNotPending(reservation);
  throw refusal;
}
