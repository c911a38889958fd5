import { operatorFunction } from '../src/adapter/operator-function';
import { flag, optional, required, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { setWorkerActivity } from '../src/steps/set-worker-activity';

/**
 * Moves `worker` to `activity` (each a sid or name). For an unavailable activity, `reject_pending_reservations=true`
 * also rejects the worker's pending reservations.
 */
export const handler = operatorFunction({
  name: 'set-worker-activity',
  parameters: parameters({
    worker: required(text),
    activity: required(text),
    rejectPendingReservations: optional(flag),
  }),
  step: setWorkerActivity,
});
