import type { AgentPhone, PhoneCall } from '../agent-phone';
import type { ReservationView } from '../reservation-view';
import { CallCard } from './call-card';

interface PhoneCallsProps {
  readonly calls: readonly PhoneCall[];
  readonly reservations: readonly ReservationView[];
  readonly phone: AgentPhone;
}

/** The worker's phone, once it rings. */
export function PhoneCalls({ calls, reservations, phone }: PhoneCallsProps) {
  if (calls.length === 0) return null;
  return (
    <section aria-labelledby="phone">
      <h2 id="phone">Phone</h2>
      <ul class="tasks">
        {calls.map((phoneCall) => (
          <CallCard
            key={phoneCall.call.call_sid}
            phoneCall={phoneCall}
            reservation={reservations.find(({ sid }) => sid === phoneCall.call.reservation_sid)}
            phone={phone}
          />
        ))}
      </ul>
    </section>
  );
}
