import type { Reservation } from '../../model/entities';
import { TaskRouterError } from '../../model/errors';
import { Latch } from '../calls/latch';
import { Dropped } from '../calls/scope';
import { voiceAlerts } from '../calls/voice-alerts';
import type { QueuedCaller } from '../queues/caller-queue';
import type { Flow } from '../twiml/flow';
import type { Verb } from '../twiml/twiml';
import type { Dialed } from './dialed';

/**
 * Connects the worker who hears this TwiML to the caller of a reservation, and accepts it.
 * Source: https://www.twilio.com/docs/taskrouter/twiml-queue-calls
 */
export async function dialQueue({ attributes }: Verb, flow: Flow): Promise<Dialed | null> {
  const { reservationSid, postWorkActivitySid } = attributes;
  const { taskRouter } = flow.services;
  if (!reservationSid) {
    flow.services.alert(flow.call, voiceAlerts.notBuilt('<Queue> without reservationSid'));
    return null;
  }
  const reservation = taskRouter.view.find('reservations', reservationSid);
  const caller = reservation && flow.services.queues.callers.get(reservation.taskSid);
  if (!reservation || !caller || caller.bridge || !(await accept(reservation, flow))) {
    flow.services.alert(flow.call, voiceAlerts.reservationGone(reservationSid));
    return { status: 'failed', callSid: '', seconds: 0 };
  }
  return talk(reservation, caller, postWorkActivitySid, flow);
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

async function talk(
  reservation: Reservation,
  caller: QueuedCaller,
  postWorkActivitySid: string | undefined,
  { call, scope, services }: Flow,
): Promise<Dialed> {
  const since = scope.clock.now();
  const over = new Latch<void>();
  call.record('twilio', 'Dial', `Queue: Task ${caller.taskSid}`);
  // The worker's TwiML goes on by itself when the caller has gone.
  const hangUp = async () => undefined;
  caller.connect({ workerCallSid: call.sid, workerName: call.person, over, hangUp });
  let isDropped = false;
  try {
    await caller.gone.wait(scope);
  } catch (reason) {
    isDropped = reason instanceof Dropped;
    throw reason;
  } finally {
    over.set();
    if (postWorkActivitySid && !isDropped)
      await toPostWork(reservation, postWorkActivitySid, services).catch((error) => {
        if (!(error instanceof TaskRouterError)) throw error;
        services.alert(call, voiceAlerts.workerNotMoved(error.message));
      });
  }
  const seconds = Math.floor((scope.clock.now() - since) / 1000);
  return { status: 'completed', callSid: caller.call.sid, seconds };
}

async function toPostWork(
  { workspaceSid, workerSid }: Reservation,
  activitySid: string,
  { taskRouter }: Flow['services'],
): Promise<void> {
  await taskRouter.execute({ type: 'UpdateWorker', workspaceSid, workerSid, activitySid });
}
