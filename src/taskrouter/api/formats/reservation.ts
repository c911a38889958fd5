import { formatDate } from '../../http/dates';
import type { Reservation } from '../../model/entities';
import { type FormatContext, sidOf, workspaceUrl } from './context';

/** A reservation exists under its task and under its worker; `url` follows the path of the request. */
export type FormatReservation = (reservation: Reservation, context: FormatContext) => object;

export const formatTaskReservation: FormatReservation = (reservation, context) =>
  format(reservation, context, 'task');

export const formatWorkerReservation: FormatReservation = (reservation, context) =>
  format(reservation, context, 'worker');

function format(reservation: Reservation, context: FormatContext, owner: 'task' | 'worker'): object {
  const workspace = workspaceUrl(context, reservation.workspaceSid);
  const task = `${workspace}/Tasks/${reservation.taskSid}`;
  const workerSid = sidOf(context, 'workers', reservation.workerSid);
  const worker = workerSid && `${workspace}/Workers/${workerSid}`;
  return {
    account_sid: context.accountSid,
    date_created: formatDate(reservation.dateCreated),
    date_updated: formatDate(reservation.dateUpdated),
    reservation_status: reservation.status,
    sid: reservation.sid,
    task_sid: reservation.taskSid,
    worker_name: reservation.workerName,
    worker_sid: workerSid,
    workspace_sid: reservation.workspaceSid,
    url: `${owner === 'task' ? task : worker}/Reservations/${reservation.sid}`,
    links: { task, worker, workspace },
  };
}
