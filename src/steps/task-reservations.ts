import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { largestPage } from './step';

/** The pending reservations of a task: at most 50, the limit of the queue's MaxReservedWorkers. */
export async function pendingReservations(
  workspace: WorkspaceContext,
  taskSid: string,
): Promise<ReservationInstance[]> {
  return workspace
    .tasks(taskSid)
    .reservations.list({ reservationStatus: 'pending', pageSize: 50, limit: 50 });
}

/** All reservations of a task, oldest first: one request is enough for up to a thousand offers. */
export async function allReservations(
  workspace: WorkspaceContext,
  taskSid: string,
): Promise<ReservationInstance[]> {
  const page = { pageSize: largestPage, limit: largestPage };
  const reservations = await workspace.tasks(taskSid).reservations.list(page);
  // The order of this list is not documented. The sort is stable: within a second, TaskRouter's order stays.
  return reservations.sort((one, other) => +one.dateCreated - +other.dateCreated);
}

/** The reservation that a worker has accepted, if any. */
export function servingReservation(
  reservations: readonly ReservationInstance[],
): ReservationInstance | undefined {
  return reservations.findLast((reservation) =>
    ['accepted', 'wrapping', 'completed'].includes(reservation.reservationStatus),
  );
}

/** The reservation to show with a task: the accepted one, else the newest. */
export async function shownReservation(
  workspace: WorkspaceContext,
  taskSid: string,
): Promise<ReservationInstance | undefined> {
  const reservations = await allReservations(workspace, taskSid);
  return servingReservation(reservations) ?? reservations.at(-1);
}
