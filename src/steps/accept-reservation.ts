import { replyToReservation } from './reply-to-reservation';
import type { ReservationChoice } from './reservation-lookup';
import type { StepNeeds } from './step';
import type { TaskAnswer } from './task-answer';

/** Accepts a reservation: the task becomes assigned to its worker. */
export async function acceptReservation(needs: StepNeeds, choice: ReservationChoice): Promise<TaskAnswer> {
  return replyToReservation(needs, choice, 'accepted');
}
