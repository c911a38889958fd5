import { useFocusReturn } from '../../design/components/use-focus-return';
import type { AgentPhone, PhoneCall } from '../agent-phone';
import type { AgentSession } from '../agent-session';
import { type AgentView, idleText } from '../agent-view';
import { isLive, type ReservationView } from '../reservation-view';
import { EndedCard } from './ended-card';
import { PhoneCalls } from './phone-calls';
import { ReservationCard } from './reservation-card';

interface ReservationListsProps {
  readonly phone: AgentPhone;
  readonly calls: readonly PhoneCall[];
  readonly agent: AgentView;
  readonly reservations: readonly ReservationView[];
  readonly act: AgentSession['act'];
  readonly dismiss: AgentSession['dismiss'];
}

/** The calls, offers, and tasks of the worker, and what has ended. */
export function ReservationLists({ phone, calls, agent, reservations, act, dismiss }: ReservationListsProps) {
  const lists = useFocusReturn(cardOf);
  const live = reservations.filter(isLive);
  const ended = reservations.filter((reservation) => !isLive(reservation));
  return (
    <div class="column lists" ref={lists} tabIndex={-1}>
      <PhoneCalls calls={calls} reservations={reservations} phone={phone} />
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

/** The card of a reservation moves when it ends; that of a call stays. */
function cardOf(element: Element): string | undefined {
  const card = element.closest<HTMLElement>('[data-reservation-sid], [data-call-sid]');
  if (!card) return undefined;
  const { reservationSid, callSid } = card.dataset;
  return reservationSid ? `[data-reservation-sid="${reservationSid}"]` : `[data-call-sid="${callSid}"]`;
}
