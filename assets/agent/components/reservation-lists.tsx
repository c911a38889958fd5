import { useFocusReturn } from '../../design/components/use-focus-return';
import type { AgentSession } from '../agent-session';
import { type AgentView, idleText } from '../agent-view';
import { isLive, type ReservationView } from '../reservation-view';
import { EndedCard } from './ended-card';
import { ReservationCard } from './reservation-card';

interface ReservationListsProps {
  readonly agent: AgentView;
  readonly reservations: readonly ReservationView[];
  readonly act: AgentSession['act'];
  readonly dismiss: AgentSession['dismiss'];
}

/** The offers and tasks of the worker, and what has ended. */
export function ReservationLists({ agent, reservations, act, dismiss }: ReservationListsProps) {
  const lists = useFocusReturn(cardOf);
  const live = reservations.filter(isLive);
  const ended = reservations.filter((reservation) => !isLive(reservation));
  return (
    <div class="column lists" ref={lists} tabIndex={-1}>
      <section aria-labelledby="tasks">
        <h2 id="tasks">Your tasks</h2>
        {live.length === 0 && <p class="panel empty">{idleText(agent)}</p>}
        <ul class="tasks">
          {live.map((reservation) => (
            <ReservationCard key={reservation.sid} reservation={reservation} agent={agent} act={act} />
          ))}
        </ul>
      </section>
      {ended.length > 0 && (
        <section aria-labelledby="ended">
          <h2 id="ended">Ended</h2>
          <ul class="tasks">
            {ended.map((reservation) => (
              <EndedCard key={reservation.sid} reservation={reservation} dismiss={dismiss} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** The card of a reservation moves when it ends. */
function cardOf(element: Element): string | undefined {
  const sid = element.closest<HTMLElement>('[data-reservation-sid]')?.dataset.reservationSid;
  return sid && `[data-reservation-sid="${sid}"]`;
}
