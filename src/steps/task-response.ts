import type { TaskInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { parseAttributes } from './attributes';

/** The response of every action on a task; null where there is no reservation or no worker yet. */
export interface TaskResponse {
  readonly task_sid: string;
  readonly assignment_status: string;
  readonly attributes: Record<string, unknown> | null;
  readonly reservation_sid: string | null;
  readonly reservation_status: string | null;
  readonly worker_sid: string | null;
  readonly worker_name: string | null;
  /** Present if nothing had to be done. */
  readonly already?: true;
}

/** The fields of a task in the response. */
type TaskFields = Pick<TaskInstance, 'sid' | 'assignmentStatus' | 'attributes'>;

/** The fields of a reservation in the response. */
type ReservationFields = Pick<ReservationInstance, 'sid' | 'reservationStatus' | 'workerSid' | 'workerName'>;

export function taskResponse(
  task: TaskFields,
  reservation: ReservationFields | undefined,
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
