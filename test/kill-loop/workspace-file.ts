import { writeFileSync } from 'node:fs';
import { oneQueueWorkspace } from '../../bench/one-queue-workspace';

/** Short, so that some reservations time out, also while the service is down. */
export const reservationTimeoutSeconds = 2;

/** Writes the workspace file of the service under test. Clients create workers and queues of their own. */
export function writeWorkspaceFile(file: string): void {
  const workspace = oneQueueWorkspace('Kill loop', '$' + '{FUNCTIONS_URL}', {
    taskReservationTimeout: reservationTimeoutSeconds,
  });
  const eventsFilter = ['task.created', 'task.completed', 'reservation.created', 'reservation.accepted'];
  writeFileSync(file, JSON.stringify({ ...workspace, eventsFilter }));
}
