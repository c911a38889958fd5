import type { Reservation, Task } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import { phone } from '../../model/instruction-readers';
import type { CommandContext } from '../command-context';

/** The address asked for, else the worker's own. @throws InstructionRefused with `code` when there is neither */
export function telephoneOf(
  context: CommandContext,
  { workerSid }: Reservation,
  given: string | undefined,
  code: number,
): string {
  const worker = context.state.get('workers', workerSid);
  const to = given ?? phone.read(worker.attributes.value.contact_uri);
  if (to) return to;
  const where = `attributes of Worker ${worker.friendlyName}`;
  throw new InstructionRefused(code, `No telephone to call: give "to", or a contact_uri in the ${where}`);
}

/** The number the caller dialed, which `<Enqueue>` writes into the task. */
export const dialedNumber = (task: Task): string | undefined =>
  phone.read(task.attributes.value.to) ?? phone.read(task.attributes.value.called);

/** Whom an outbound conference calls as its customer, and as whom: both are the task's. */
export function outboundFrom({ attributes: { value } }: Task): string | undefined {
  return phone.read(value.outbound_to) && phone.read(value.from);
}

export const hasParkedCall = ({ attributes: { value } }: Task): boolean =>
  typeof value.call_sid === 'string' && value.call_sid !== '';
