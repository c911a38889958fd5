import { operatorFunction } from '../src/adapter/operator-function';
import { optional, required, sid, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { rejectReservation } from '../src/steps/reply-to-reservation';

/**
 * Rejects the reservation of `task_sid`: the pending one, or `reservation_sid`. Moves the worker to `activity` (sid or
 * name); a worker who stays available may be offered the task again at once.
 */
export const handler = operatorFunction({
  name: 'reject-reservation',
  parameters: parameters({
    taskSid: required(sid('WT')),
    reservationSid: optional(sid('WR')),
    activity: optional(text),
  }),
  step: rejectReservation,
});
