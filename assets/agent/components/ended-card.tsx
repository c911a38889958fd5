import { AttributeList } from '../../components/attribute-list';
import { Badge, type Tone } from '../../design/components/badge';
import type { AgentSession } from '../agent-session';
import { type ReservationStatus, type ReservationView, taskText } from '../reservation-view';

interface EndedCardProps {
  readonly reservation: ReservationView;
  readonly dismiss: AgentSession['dismiss'];
}

const tones: Readonly<Partial<Record<ReservationStatus, Tone>>> = { timeout: 'error', canceled: 'error' };

/** A reservation that is over, and why. */
export function EndedCard({ reservation, dismiss }: EndedCardProps) {
  const { sid, status, ending } = reservation;
  return (
    <li
      class="task reservation"
      tabIndex={-1}
      aria-label={`Ended: ${taskText(reservation)}`}
      data-reservation-sid={sid}
      data-status={status}
    >
      <div class="row">
        <AttributeList attributes={reservation.attributes} />
        <Badge tone={tones[status] ?? 'off'} text={status} />
      </div>
      <div class="row">
        <p>{ending}</p>
        <button type="button" class="plain" onClick={() => dismiss(sid)}>
          Dismiss
          <span class="visually-hidden"> {taskText(reservation)}</span>
        </button>
      </div>
    </li>
  );
}
