import { useEffect, useState } from 'preact/hooks';
import { durationText } from '../../../src/common/duration-text';
import type { ReservationView } from '../reservation-view';

/** Our choice: the last quarter of the time is shown in red. */
const hurryShare = 0.25;

/** Counts down. Screen readers hear it when they read the card, and once with the new offer. */
export function TimeLeft({
  reservation: { endsAt, timeoutMs },
}: {
  readonly reservation: Pick<ReservationView, 'endsAt' | 'timeoutMs'>;
}) {
  const left = Math.max(0, endsAt - useNow());
  const isShort = left < timeoutMs * hurryShare;
  return (
    <div class="time-left" data-short={isShort}>
      <span role="timer" aria-live="off">
        {left > 0 ? `${durationText(left)} to accept` : 'The time to accept is over.'}
      </span>
      <progress aria-hidden="true" max={timeoutMs} value={left} />
    </div>
  );
}

/** The time in ms since 1970, each second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
