import { durationText } from '../common/duration-text';
import { completeTask, rejectReservation } from './commands';
import type { Condition, OpenReservation } from './condition';
import { type Finding, finding } from './finding';
import { thresholds } from './thresholds';

/** Reservations that do not end, and workers who have them and are not there. */
export function reservationFindings({ reservations, ...condition }: Condition): Finding[] {
  return reservations.flatMap((each) => [
    ...overdue(each, condition),
    ...(each.worker.isOffline ? [withOfflineWorker(each, condition)] : []),
    ...longWrapping(each, condition),
  ]);
}

type Now = Pick<Condition, 'now' | 'target'>;

function overdue(reservation: OpenReservation, { now, target }: Now): Finding[] {
  const { sid, taskSid, status, expiresAt, onHold, worker } = reservation;
  if (status !== 'pending' || now - expiresAt < thresholds.overdueMs) return [];
  const cause = onHold ? ', because a conference is being set up' : '';
  return [
    finding(
      'reservation_overdue',
      sid,
      `The reservation of ${worker.name} for ${taskSid} is still pending ${durationText(now - expiresAt)} after its timeout${cause}`,
      `Reject it, so that the task is offered again: ${rejectReservation(target, reservation)}`,
    ),
  ];
}

function withOfflineWorker(reservation: OpenReservation, { now, target }: Now): Finding {
  const { sid, taskSid, status, expiresAt, worker } = reservation;
  const since = `who has been ${worker.activityName} for ${durationText(now - worker.activitySince)}`;
  if (status === 'pending') {
    return finding(
      'offered_to_offline_worker',
      sid,
      `${taskSid} is offered to ${worker.name}, ${since}, and waits ${durationText(expiresAt - now)} until the offer times out`,
      `Reject the offer: ${rejectReservation(target, reservation)}`,
    );
  }
  return finding(
    'offline_worker_with_task',
    sid,
    `${taskSid} is ${status === 'accepted' ? 'assigned to' : 'wrapping with'} ${worker.name}, ${since}`,
    `Make ${worker.name} available again if ${worker.name} is back, or complete the task: ${completeTask(target, reservation, taskSid)}`,
  );
}

function longWrapping(reservation: OpenReservation, { now, target }: Now): Finding[] {
  const { taskSid, status, since, worker } = reservation;
  if (status !== 'wrapping' || now - since < thresholds.wrappingMs) return [];
  return [
    finding(
      'long_wrapping',
      reservation.sid,
      `${taskSid} has been wrapping with ${worker.name} for ${durationText(now - since)}`,
      `Complete it: ${completeTask(target, reservation, taskSid)}`,
    ),
  ];
}
