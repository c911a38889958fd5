import { limits } from '../../../common/limits';
import type { Reservation } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { cancelOffer } from './reservation-lifecycle';

/**
 * Cancels a reservation when no callback URL gave a usable response, or its conference could not be set up. The task is
 * offered again after 1, 2, 4, … 60 s (our choice), so that an unreachable receiver neither causes a busy loop nor
 * uses up the Max Assignment Count.
 */
export function offerAgainLater(context: CommandContext, reservation: Reservation): undefined {
  const { callbackFailures } = context.state.get('tasks', reservation.taskSid);
  const { first, max } = limits.offerAgainMs;
  const wait = Math.min(first * 2 ** callbackFailures, max);
  cancelOffer(context, reservation, {
    callbackFailures: callbackFailures + 1,
    heldUntil: context.now + wait,
  });
}
