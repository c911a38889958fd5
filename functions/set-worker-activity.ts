import { operatorFunction } from '../src/adapter/operator-function';
import { flag, optional, required, text } from '../src/adapter/parameter-readers';
import { parameters } from '../src/adapter/parameters';
import { setWorkerActivity } from '../src/steps/set-worker-activity';

/**
 * Moves `worker` to `activity` (each by sid or name). `reject_pending_reservations=true`, for an unavailable activity,
 * also rejects what the worker is being offered.
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
