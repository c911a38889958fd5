import { findActivity } from './activity-lookup';
import { replyToReservation } from './reply-to-reservation';
import type { ReservationChoice } from './reservation-lookup';
import type { StepNeeds } from './step';
import type { TaskAnswer } from './task-answer';

export interface RejectReservationParameters extends ReservationChoice {
  /** The worker's next activity, by sid or name. Without one an available worker may be offered the task at once. */
  readonly activity?: string | undefined;
}

/** Rejects a reservation: the task is offered to others. */
export async function rejectReservation(
  needs: StepNeeds,
  { activity, ...choice }: RejectReservationParameters,
): Promise<TaskAnswer> {
  const next = activity === undefined ? undefined : await findActivity(needs.workspace, activity);
  return replyToReservation(needs, choice, 'rejected', next?.sid);
}
