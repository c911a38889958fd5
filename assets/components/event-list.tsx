import { ClockTime } from '../design/components/clock-time';
import type { LifecycleEvent } from '../lifecycle/lifecycle-response';

/** Our choice: the Events API has all of them. */
const maxEvents = 40;

export function EventList({ events }: { readonly events: readonly LifecycleEvent[] }) {
  return (
    <section class="panel" aria-labelledby="events">
      <h2 id="events">Recent events</h2>
      {events.length === 0 && <p class="empty">No events yet.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
      <section class="scroll events" aria-label="Events" tabIndex={0} hidden={events.length === 0}>
        <ol>
          {events.slice(0, maxEvents).map((event) => (
            <li key={event.event_sid} data-event-type={event.event_type}>
              <span class="row">
                <code>{event.event_type}</code>
                <span class="faint">
                  <ClockTime iso={event.event_date} />
                </span>
              </span>
              <span class="faint">{event.description}</span>
            </li>
          ))}
        </ol>
      </section>
    </section>
  );
}
