import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';

/** The largest page TaskRouter gives; one call is enough for any task that was not offered a thousand times. */
const largestPage = 1000;

/** The pending reservations of a task. Their number is bounded by the queue's MaxReservedWorkers, 50 at most. */
export async function pendingReservations(
  workspace: WorkspaceContext,
  taskSid: string,
): Promise<ReservationInstance[]> {
  return workspace
    .tasks(taskSid)
    .reservations.list({ reservationStatus: 'pending', pageSize: 50, limit: 50 });
}

/** All reservations of a task, oldest first. */
export async function allReservations(
  workspace: WorkspaceContext,
  taskSid: string,
): Promise<ReservationInstance[]> {
  const page = { pageSize: largestPage, limit: largestPage };
  const reservations = await workspace.tasks(taskSid).reservations.list(page);
  // The order of this list is not documented; equal seconds keep TaskRouter's order, since the sort is stable.
  return reservations.sort((one, other) => +one.dateCreated - +other.dateCreated);
}

/** The reservation a task is served under, if a worker has accepted it. */
export function servingReservation(
  reservations: readonly ReservationInstance[],
): ReservationInstance | undefined {
  return reservations.findLast((reservation) =>
    ['accepted', 'wrapping', 'completed'].includes(reservation.reservationStatus),
  );
}

/** The reservation to show with a task: the one it is served under, else the newest. */
export async function shownReservation(
  workspace: WorkspaceContext,
  taskSid: string,
): Promise<ReservationInstance | undefined> {
  const reservations = await allReservations(workspace, taskSid);
  return servingReservation(reservations) ?? reservations.at(-1);
}
