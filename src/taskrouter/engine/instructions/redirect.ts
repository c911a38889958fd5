import type { Reservation } from '../../model/entities';
import type { InstructionValues } from '../../model/instruction-parameters';
import type { CommandContext } from '../command-context';
import { acceptReservation } from '../rules/reservation-lifecycle';
import { placeCall } from './phone-calls';
import { requirePending } from './requirements';

/**
 * Sends the parked call to other TwiML. With `accept`, the reservation is accepted at once.
 * Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks#redirect
 */
export function redirect(
  context: CommandContext,
  reservation: Reservation,
  values: InstructionValues<'redirect'>,
): void {
  requirePending(reservation, 40123);
  placeCall(context, reservation, {
    instruction: 'redirect',
    workerSid: reservation.workerSid,
    to: values.call_sid,
    from: null,
    parameters: values,
    url: values.url,
  });
  if (values.accept) acceptReservation(context, reservation);
}
