import { InvalidParameter } from '../../model/errors';
import { sidPrefix } from '../../model/sids';
import { transferModes } from '../../model/statuses';
import type { Call } from '../call';
import { transferPayload } from '../payloads';

export const createParameters = ['ReservationSid', 'TaskSid', 'To', 'Mode', 'Priority', 'Attributes'];
export const updateParameters = ['TaskSid', 'TransferStatus'];

export async function createTransfer(call: Call): Promise<object> {
  const { parameters, context } = call;
  const reservationSid = parameters.requiredSid('ReservationSid', sidPrefix.reservation);
  if (context.view.find('reservations', reservationSid)?.workerSid !== call.row('workers').sid)
    throw InvalidParameter.unknown('ReservationSid', reservationSid);
  const transfer = await call.execute({
    type: 'CreateTransfer',
    workspaceSid: call.row('workspaces').sid,
    taskSid: parameters.requiredSid('TaskSid', sidPrefix.task),
    reservationSid,
    to: parameters.required('To'),
    mode: parameters.oneOf('Mode', transferModes),
    priority: parameters.integer('Priority'),
    attributes: parameters.attributes('Attributes'),
  });
  return transferPayload(transfer, context);
}

/** The worker SDK can only cancel a transfer. */
export async function updateTransfer(call: Call): Promise<object> {
  call.parameters.oneOf('TransferStatus', ['canceled']);
  const { sid: transferSid, workspaceSid } = call.row('transfers');
  return transferPayload(
    await call.execute({ type: 'CancelTransfer', workspaceSid, transferSid }),
    call.context,
  );
}
