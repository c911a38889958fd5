import type { Reservation } from '../../model/entities';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { CommandContext } from '../command-context';
import { acceptReservation } from '../rules/reservation-lifecycle';
import { telephoneOf } from './addresses';
import { placeCall, recordWorkerCall } from './phone-calls';
import { requireNoCall, requirePending } from './requirements';

/**
 * Calls the worker and runs the app's TwiML. With `accept` the reservation is accepted at once; else the app accepts it.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#call
 */
export function call(
  context: CommandContext,
  reservation: Reservation,
  values: InstructionValues<'call'>,
): void {
  requirePending(reservation, 40114);
  requireNoCall(context, reservation, 40114);
  const placed = placeCall(context, reservation, {
    instruction: 'call',
    workerSid: reservation.workerSid,
    to: telephoneOf(context, reservation, values.to, 40110),
    from: values.from,
    parameters: values,
    url: values.url,
    timeoutSeconds: values.timeout,
  });
  recordWorkerCall(context, reservation, placed);
  if (values.accept) acceptReservation(context, reservation);
}
