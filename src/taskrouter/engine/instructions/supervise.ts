import type { Reservation, Task } from '../../model/entities';
import { InstructionRefused, InvalidParameter } from '../../model/errors';
import type { InstructionValues } from '../../model/instruction-parameters';
import { phone } from '../../model/instruction-readers';
import { isSid, sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';
import { dialedNumber, outboundFrom } from './addresses';
import { placeCall } from './phone-calls';

/**
 * Calls a supervisor into the task's conference. The reservation does not change.
 * Source: https://www.twilio.com/docs/taskrouter/api/reservations (Instruction, Supervisor, SupervisorMode)
 */
export function supervise(
  context: CommandContext,
  reservation: Reservation,
  values: InstructionValues<'supervise'>,
): void {
  // Our choice of status: before acceptance and after the work there is nothing to supervise.
  if (reservation.status !== 'accepted') {
    throw new InstructionRefused(
      40146,
      `Reservation ${reservation.sid} is ${reservation.status}, not accepted`,
    );
  }
  const task = context.state.get('tasks', reservation.taskSid);
  placeCall(context, reservation, {
    instruction: 'supervise',
    ...supervisor(context, reservation, values.supervisor),
    from: values.from ?? callerId(task),
    parameters: values,
  });
}

/** @param given the sid of a worker of the workspace, or an address */
function supervisor(context: CommandContext, { workspaceSid }: Reservation, given: string) {
  if (!isSid(sidPrefix.worker, given)) return { workerSid: null, to: reachable(phone.read(given), given) };
  const worker = context.state.find('workers', given);
  if (worker?.workspaceSid !== workspaceSid) throw InvalidParameter.unknown('Supervisor', given);
  return { workerSid: worker.sid, to: reachable(phone.read(worker.attributes.value.contact_uri), given) };
}

function reachable(to: string | undefined, given: string): string {
  if (to) return to;
  throw new InstructionRefused(
    40147,
    `Supervisor ${given} is not an address that can be called, and has no contact_uri`,
  );
}

function callerId(task: Task): string {
  const from = dialedNumber(task) ?? outboundFrom(task);
  if (from) return from;
  throw new InstructionRefused(
    40148,
    'No caller ID: set From, because the task does not name the number that was called',
  );
}
