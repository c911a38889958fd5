import type { Reservation, Task } from '../../model/entities';
import { InstructionRefused } from '../../model/errors';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { CommandContext } from '../command-context';
import { notExpected } from '../rules/transitions';
import { conferenceOf, dialedNumber, outboundFrom, parkedCall, telephoneOf } from './addresses';
import { placeCall } from './phone-calls';
import { requireActivity, requireNoCall } from './requirements';

/**
 * Calls the worker into a conference named after the task and moves the caller there. The reservation is on hold until
 * then; then it is accepted. In Twilio's OpenAPI, no parameter is required.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#conference
 */
export function conference(
  context: CommandContext,
  reservation: Reservation,
  values: InstructionValues<'conference'>,
): void {
  requireOpen(context, reservation);
  requireActivity(context, reservation, values.post_work_activity_sid, 40139);
  const task = context.state.get('tasks', reservation.taskSid);
  requireConference(reservation, task);
  const customer = parkedCall(task) || outboundFrom(task);
  if (!customer) throw new InstructionRefused(40142, noCustomer, 20001);
  placeCall(context, reservation, {
    instruction: 'conference',
    workerSid: reservation.workerSid,
    to: telephoneOf(context, reservation, values.to, 40137),
    from: values.from ?? callerId(task),
    parameters: values,
    timeoutSeconds: values.timeout,
    postWorkActivitySid: values.post_work_activity_sid,
  });
  context.state.put('reservations', { ...reservation, onHold: true, dateUpdated: context.now });
}

/** Twilio's text over REST (known). A task without `call_sid` needs `outbound_to` and `from`. */
const noCustomer =
  'The conference instruction can only be issued on a task that was created using the <Enqueue> TwiML verb.';

/**
 * The worker to whom a task was transferred joins its conference.
 * Source: https://www.twilio.com/docs/api/errors/40149
 */
function requireConference({ transferSid }: Reservation, task: Task): void {
  if (transferSid === null || conferenceOf(task)) return;
  throw new InstructionRefused(
    40149,
    `Task ${task.sid} was transferred, and its attributes have no conference.sid`,
  );
}

/** Our choice of default: the number that the caller dialed, or the caller ID of the outbound call. */
function callerId(task: Task): string {
  const from = parkedCall(task) ? dialedNumber(task) : outboundFrom(task);
  if (from) return from;
  throw new InstructionRefused(
    40138,
    'No caller ID: set "from", because the task does not name the number that was called',
  );
}

/** Both texts are known, and REST returns them with 20001. */
function requireOpen(context: CommandContext, reservation: Reservation): void {
  if (reservation.onHold) {
    throw new InstructionRefused(40136, notExpected(reservation, 'onHold').message, 20001);
  }
  if (reservation.status !== 'pending') {
    const text = `Unable to execute Conference instruction. Reservation ${reservation.sid} is not currently in a Pending state.`;
    throw new InstructionRefused(40136, text, 20001);
  }
  requireNoCall(context, reservation, 40136);
}
