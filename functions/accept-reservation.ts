import { operatorFunction } from '../src/adapter/operator-function';
import { optional, required, sid } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { acceptReservation } from '../src/steps/reply-to-reservation';

/** Accepts the reservation of `task_sid`: the pending one, or `reservation_sid`. */
export const handler = operatorFunction({
  name: 'accept-reservation',
  parameters: parameters({ taskSid: required(sid('WT')), reservationSid: optional(sid('WR')) }),
  step: acceptReservation,
});
