import type { OpenReservation } from '../../doctor/condition';
import type { View } from '../engine/state/view';
import { availableActivity, type ExplainedState } from '../explain/explained-state';
import type { Reservation, Worker } from '../model/entities';

const openStatuses: readonly string[] = ['pending', 'accepted', 'wrapping'];

export function openReservations({ view }: ExplainedState): OpenReservation[] {
  const open: OpenReservation[] = [];
  for (const reservation of view.all('reservations')) {
    const worker = view.find('workers', reservation.workerSid);
    if (worker && openStatuses.includes(reservation.status))
      open.push(openReservation(view, reservation, worker));
  }
  return open;
}

function openReservation(view: View, reservation: Reservation, worker: Worker): OpenReservation {
  const { sid, workspaceSid, taskSid, status, dateUpdated, expiresAt, onHold } = reservation;
  return {
    sid,
    workspaceSid,
    taskSid,
    status: status as OpenReservation['status'],
    since: dateUpdated,
    expiresAt,
    onHold,
    worker: {
      ...concernedWorker(view, worker),
      isOffline: isOffline(view, worker, reservation),
      activitySince: worker.dateStatusChanged,
    },
  };
}

/** A worker, and what makes the worker available. */
export function concernedWorker(view: View, { sid, friendlyName, activitySid, workspaceSid }: Worker) {
  const available = availableActivity({ view }, workspaceSid);
  return {
    sid,
    name: friendlyName,
    activityName: view.find('activities', activitySid)?.friendlyName ?? activitySid,
    availableActivity: available ? { sid: available.sid, name: available.friendlyName } : null,
  };
}

/**
 * Whether the worker is not at work. Our choice: in an activity that is not available and is the default or the timeout
 * activity of the workspace, or is named Offline, and that the queue does not use for reservations or assignments.
 */
function isOffline(
  view: View,
  { activitySid, workspaceSid }: Worker,
  { taskQueueSid }: Reservation,
): boolean {
  const activity = view.find('activities', activitySid);
  const workspace = view.find('workspaces', workspaceSid);
  const queue = view.find('taskQueues', taskQueueSid);
  if (!activity || activity.available) return false;
  if ([queue?.reservationActivitySid, queue?.assignmentActivitySid].includes(activitySid)) return false;
  return (
    [workspace?.defaultActivitySid, workspace?.timeoutActivitySid].includes(activitySid) ||
    /^offline$/i.test(activity.friendlyName)
  );
}
