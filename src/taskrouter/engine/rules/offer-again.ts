import type { Reservation } from '../../model/entities';
import type { CommandContext } from '../command-context';
import { limits } from '../limits';
import { cancelOffer } from './reservation-lifecycle';

/**
 * Nothing outside answered: no callback URL gave a usable answer, or no conference could be set up. The reservation is
 * canceled and the task offered again, after 1, 2, 4 … 60 s (our choice), so that an unreachable receiver neither
 * spins nor uses up the Max Assignment Count.
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
