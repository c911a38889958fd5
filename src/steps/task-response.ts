import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { parseAttributes } from './attributes';

/** What every action on a task answers; null where there is no reservation, or no worker yet. */
export interface TaskResponse {
  readonly task_sid: string;
  readonly assignment_status: string;
  readonly attributes: Record<string, unknown> | null;
  readonly reservation_sid: string | null;
  readonly reservation_status: string | null;
  readonly worker_sid: string | null;
  readonly worker_name: string | null;
  /** Present when it was so before, and nothing had to be done. */
  readonly already?: true;
}

/** The part of a task that is answered. */
export type AnsweredTask = Pick<TaskInstance, 'sid' | 'assignmentStatus' | 'attributes'>;

/** The part of a reservation that is answered. */
export type AnsweredReservation = Pick<
  ReservationInstance,
  'sid' | 'reservationStatus' | 'workerSid' | 'workerName'
>;

export function taskResponse(
  task: AnsweredTask,
  reservation: AnsweredReservation | undefined,
  already = false,
): TaskResponse {
  return {
    task_sid: task.sid,
    assignment_status: task.assignmentStatus,
    attributes: parseAttributes(task.attributes),
    reservation_sid: reservation?.sid ?? null,
    reservation_status: reservation?.reservationStatus ?? null,
    worker_sid: reservation?.workerSid ?? null,
    worker_name: reservation?.workerName ?? null,
    ...(already && { already: true as const }),
  };
}
