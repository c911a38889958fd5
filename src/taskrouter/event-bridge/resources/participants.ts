import type { Task } from '../../model/entities';
import { InvalidParameter, NotBuilt } from '../../model/errors';
import { sidPrefix } from '../../model/sids';
import type { Call } from '../call';
import { reservationPayload, taskPayload } from '../payloads';

const hold = ['Hold', 'HoldUrl', 'HoldMethod'];
export const customerParameters = ['TaskSid', ...hold];
export const holdWorkerParameters = ['TaskSid', 'TargetWorkerSid', ...hold];
export const kickWorkerParameters = ['TaskSid', 'TargetWorkerSid'];
export const workerParameters = ['ReservationSid', 'EndConferenceOnExit', 'Mute', 'BeepOnExit'];

/** Puts the customer of the task on hold, and takes the customer off hold. */
export function updateCustomer(call: Call): object {
  const task = ownTask(call);
  control(call).holdCustomer(task, readHold(call));
  return taskPayload(task, call.context);
}

/** The same for a worker. */
export function holdWorker(call: Call): object {
  const task = ownTask(call);
  control(call).holdWorker(task, targetWorker(call), readHold(call));
  return taskPayload(task, call.context);
}

/** Ends a worker's part in the conference. */
export function kickWorker(call: Call): object {
  const task = ownTask(call);
  control(call).kickWorker(task, targetWorker(call));
  return taskPayload(task, call.context);
}

/** Changes the worker's own part. */
export function updateWorker(call: Call): object {
  const { parameters, context } = call;
  const sid = parameters.requiredSid('ReservationSid', sidPrefix.reservation);
  const reservation = context.view.find('reservations', sid);
  if (reservation?.workerSid !== call.row('workers').sid)
    throw InvalidParameter.unknown('ReservationSid', sid);
  control(call).changeWorker(reservation, {
    muted: parameters.boolean('Mute'),
    endConferenceOnExit: parameters.boolean('EndConferenceOnExit'),
    beepOnExit: parameters.boolean('BeepOnExit'),
  });
  return reservationPayload(reservation, context);
}

function control({ conferenceControl }: Call) {
  if (conferenceControl) return conferenceControl;
  throw new NotBuilt('Changing a conference of a service without phones');
}

/** The task that the request names. Our choice: the worker must have accepted it. */
function ownTask(call: Call): Task {
  const { parameters, context } = call;
  const sid = parameters.requiredSid('TaskSid', sidPrefix.task);
  const task = context.view.find('tasks', sid);
  const own = context.view
    .reservationsOfTask(sid)
    .some(
      ({ workerSid, status }) =>
        workerSid === call.row('workers').sid && (status === 'accepted' || status === 'wrapping'),
    );
  if (!task || !own) throw InvalidParameter.unknown('TaskSid', sid);
  return task;
}

const targetWorker = ({ parameters }: Call): string =>
  parameters.requiredSid('TargetWorkerSid', sidPrefix.worker);

function readHold({ parameters }: Call) {
  const hold = parameters.boolean('Hold');
  if (hold === undefined) throw InvalidParameter.missing('Hold');
  return { hold, url: parameters.url('HoldUrl'), method: parameters.oneOf('HoldMethod', ['GET', 'POST']) };
}
