import type { Reservation, Task } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import { phone } from '../../model/instruction-readers';
import { isSid, sidPrefix } from '../../model/sids';
import type { CommandContext } from '../command-context';

/** The given address, else the worker's own. @throws InstructionRefused with `code` if there is neither */
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

/** The number that the caller dialed: `<Enqueue>` writes it into the task's attributes. */
export const dialedNumber = (task: Task): string | undefined =>
  phone.read(task.attributes.value.to) ?? phone.read(task.attributes.value.called);

/** The caller ID of an outbound conference; undefined unless the attributes name the customer, too. */
export function outboundFrom({ attributes: { value } }: Task): string | undefined {
  return phone.read(value.outbound_to) && phone.read(value.from);
}

/** What a task says about its conference, once it has had one. */
interface TaskConference {
  readonly sid: string;
  readonly participants: Readonly<Record<string, unknown>>;
}

/** The conference that the attributes of a task name. */
export function conferenceOf({ attributes: { value } }: Task): TaskConference | undefined {
  const { conference } = value;
  if (!isObject(conference) || !isSid(sidPrefix.conference, conference.sid)) return undefined;
  const { sid, participants } = conference;
  return { sid: sid as string, participants: isObject(participants) ? participants : {} };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The caller's call, which `<Enqueue>` writes into the task's attributes. */
export function parkedCall({ attributes: { value } }: Task): string | undefined {
  return typeof value.call_sid === 'string' && value.call_sid !== '' ? value.call_sid : undefined;
}
