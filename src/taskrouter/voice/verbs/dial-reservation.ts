import type { Reservation } from '../../model/entities';
import { TaskRouterError } from '../../model/errors';
import { isSid, sidPrefix } from '../../model/sids';
import { Dropped } from '../calls/scope';
import type { QueuedCaller } from '../queues/caller-queue';
import type { Flow } from '../twiml/flow';
import { voiceAlerts } from '../voice-alerts';
import type { Dialed } from './dialed';

/**
 * Connects the worker who hears this TwiML to the caller of a reservation, and accepts it.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
export async function dialReservation(
  reservationSid: string,
  postWorkActivitySid: string | undefined,
  flow: Flow,
  connect: (caller: QueuedCaller) => Promise<Dialed>,
): Promise<Dialed> {
  const { call, services } = flow;
  const isValid = isSid(sidPrefix.reservation, reservationSid);
  const reservation = services.taskRouter.view.find('reservations', reservationSid);
  const caller = reservation && services.queues.callers.get(reservation.taskSid);
  if (!reservation || !caller || caller.isTaken || !(await accept(reservation, flow))) {
    const { reservationGone, invalidReservation } = voiceAlerts;
    services.alert(call, (isValid ? reservationGone : invalidReservation)(reservationSid));
    return { status: 'failed', callSid: '', seconds: 0 };
  }
  call.record('twilio', 'Dial', `Queue: Task ${caller.taskSid}`);
  let isDropped = false;
  try {
    return await connect(caller);
  } catch (reason) {
    isDropped = reason instanceof Dropped;
    throw reason;
  } finally {
    if (postWorkActivitySid && !isDropped) await toPostWork(reservation, postWorkActivitySid, flow);
  }
}

async function accept({ sid, workspaceSid, status }: Reservation, flow: Flow): Promise<boolean> {
  if (status !== 'pending') return false;
  try {
    await flow.services.taskRouter.execute({
      type: 'UpdateReservation',
      workspaceSid,
      reservationSid: sid,
      reservationStatus: 'accepted',
    });
    return true;
  } catch (error) {
    if (error instanceof TaskRouterError) return false;
    throw error;
  }
}

async function toPostWork(
  { workspaceSid, workerSid }: Reservation,
  activitySid: string,
  { call, services }: Flow,
): Promise<void> {
  try {
    await services.taskRouter.execute({ type: 'UpdateWorker', workspaceSid, workerSid, activitySid });
  } catch (error) {
    if (!(error instanceof TaskRouterError)) throw error;
    services.alert(call, voiceAlerts.workerNotMoved(error.message));
  }
}
