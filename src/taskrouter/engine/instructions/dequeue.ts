import type { Reservation } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { CommandContext } from '../command-context';
import { dialedNumber, parkedCall, telephoneOf } from './addresses';
import { placeCall, recordWorkerCall } from './phone-calls';
import { requireActivity, requireNoCall, requirePending } from './requirements';

/**
 * Calls the worker. When the worker answers, the waiting caller is connected and the reservation accepted.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#dequeue
 */
export function dequeue(
  context: CommandContext,
  reservation: Reservation,
  values: InstructionValues<'dequeue'>,
): void {
  requirePending(reservation, 40135);
  requireNoCall(context, reservation, 40135);
  requireActivity(context, reservation, values.post_work_activity_sid, 40130);
  const task = context.state.get('tasks', reservation.taskSid);
  if (!parkedCall(task)) {
    throw new InstructionRefused(
      40140,
      `Task ${task.sid} has no call_sid: only tasks created by <Enqueue> can be dequeued`,
    );
  }
  const to = telephoneOf(context, reservation, values.to, 40131);
  const from = values.from ?? dialedNumber(task);
  if (!from)
    throw new InstructionRefused(
      40132,
      'No caller ID: set "from", because the task does not name the number that was called',
    );
  const call = placeCall(context, reservation, {
    instruction: 'dequeue',
    workerSid: reservation.workerSid,
    to,
    from,
    parameters: values,
    timeoutSeconds: values.timeout,
    postWorkActivitySid: values.post_work_activity_sid,
  });
  recordWorkerCall(context, reservation, call);
}
