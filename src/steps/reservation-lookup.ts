import type { WorkspaceContext } from 'twilio/lib/rest/taskrouter/v1/workspace';
import type { ReservationInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/task/reservation';
import { LifecycleError } from './errors';
import { nameList } from './name-list';
import { explainNoPendingReservation } from './no-pending-reservation';
import { fetchTask, orTaskNotFound } from './task-lookup';
import { allReservations, pendingReservations, servingReservation } from './task-reservations';
import { hasStatus } from './taskrouter-errors';

/** A worker's reply to an offer. */
export type ReservationReply = 'accepted' | 'rejected';

export interface ReservationChoice {
  readonly taskSid: string;
  readonly reservationSid?: string | undefined;
}

/**
 * The reservation to reply to: a pending one, or one that already has the status `reply`.
 * @throws {LifecycleError} `reservation_not_found`, `task_not_found`, `reservation_ambiguous`,
 *   `reservation_not_pending`, `no_pending_reservation`.
 */
export async function findReservation(
  workspace: WorkspaceContext,
  { taskSid, reservationSid }: ReservationChoice,
  reply: ReservationReply,
): Promise<ReservationInstance> {
  if (reservationSid === undefined) return soleReservation(workspace, taskSid, reply);
  const reservation = await fetchReservation(workspace, taskSid, reservationSid);
  if (reservation.reservationStatus !== 'pending' && reservation.reservationStatus !== reply) {
    throw reservationNotPending(reservation);
  }
  return reservation;
}

async function fetchReservation(workspace: WorkspaceContext, taskSid: string, reservationSid: string) {
  try {
    return await workspace.tasks(taskSid).reservations(reservationSid).fetch();
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    await fetchTask(workspace, taskSid);
    const reservations = await allReservations(workspace, taskSid);
    throw new LifecycleError(
      'reservation_not_found',
      `Task ${taskSid} has no reservation ${reservationSid}. ${existingReservations(reservations)}`,
    );
  }
}

function existingReservations(reservations: readonly ReservationInstance[]): string {
  if (reservations.length === 0) return 'It has no reservations.';
  const newestFirst = reservations
    .toReversed()
    .map(({ sid, workerName, reservationStatus }) => `${sid} (${workerName}, ${reservationStatus})`);
  return `It has: ${nameList(newestFirst)}. Omit reservation_sid to use the pending one, if there is one.`;
}

async function soleReservation(workspace: WorkspaceContext, taskSid: string, reply: ReservationReply) {
  const pending = await orTaskNotFound(workspace, taskSid, pendingReservations(workspace, taskSid));
  const [only, ...others] = pending;
  if (only === undefined) return repliedReservation(workspace, taskSid, reply);
  if (others.length > 0) throw reservationAmbiguous(pending);
  return only;
}

/**
 * Without a pending reservation, a repeated reply finds the result of the first one: the accepted reservation, or the
 * rejected one if no offer followed.
 */
async function repliedReservation(workspace: WorkspaceContext, taskSid: string, reply: ReservationReply) {
  const [task, reservations] = await Promise.all([
    fetchTask(workspace, taskSid),
    orTaskNotFound(workspace, taskSid, allReservations(workspace, taskSid)),
  ]);
  const settled = servingReservation(reservations) ?? reservations.at(-1);
  if (settled?.reservationStatus === reply) return settled;
  if (settled?.reservationStatus === 'accepted') throw reservationNotPending(settled);
  const reason = await explainNoPendingReservation(workspace, task, reservations.at(-1));
  throw new LifecycleError('no_pending_reservation', reason);
}

/** The error for a reservation that is no longer pending. */
export function reservationNotPending(reservation: ReservationInstance): LifecycleError {
  return new LifecycleError(
    'reservation_not_pending',
    `Reservation ${reservation.sid} for ${reservation.workerName} is ${reservation.reservationStatus}, no longer ` +
      'pending. Omit reservation_sid to use the pending one, if there is one.',
  );
}

function reservationAmbiguous(pending: readonly ReservationInstance[]): LifecycleError {
  const names = pending.map(({ sid, workerName }) => `${sid} (${workerName})`).join(', ');
  return new LifecycleError(
    'reservation_ambiguous',
    `Several reservations are pending: ${names}. Choose one with reservation_sid.`,
    {
      reservations: pending.map(({ sid, workerSid, workerName }) => ({
        reservation_sid: sid,
        worker_sid: workerSid,
        worker_name: workerName,
      })),
    },
  );
}
