import type { EventInstance } from 'twilio/lib/rest/taskrouter/v1/workspace/event';

/** A reservation as the page shows it. */
interface ShownReservation {
  readonly reservation_sid: string;
  readonly reservation_status: string;
  readonly task_sid: string;
  readonly worker_sid: string | null;
  readonly worker_name: string | null;
  /** When it reached this status, ISO 8601 with ms. */
  readonly date_updated: string;
}

/**
 * The status each event leaves a reservation in (https://www.twilio.com/docs/taskrouter/api/event/reference). The
 * rank says how far along it is: a reservation never goes back, so the highest rank is its current status, in
 * whatever order the events arrive.
 */
const statusAfter: Readonly<Record<string, { readonly status: string; readonly rank: number }>> = {
  'reservation.created': { status: 'pending', rank: 0 },
  'reservation.accepted': { status: 'accepted', rank: 1 },
  'reservation.wrapup': { status: 'wrapping', rank: 2 },
  'reservation.completed': { status: 'completed', rank: 3 },
  'reservation.rejected': { status: 'rejected', rank: 3 },
  'reservation.timeout': { status: 'timeout', rank: 3 },
  'reservation.canceled': { status: 'canceled', rank: 3 },
  'reservation.rescinded': { status: 'rescinded', rank: 3 },
};

/** The current state of every reservation that these events mention, in the order of the events. */
export function reservationsFromEvents(events: readonly EventInstance[]): ShownReservation[] {
  const furthest = new Map<string, { readonly rank: number; readonly shown: ShownReservation }>();
  for (const event of events) {
    const after = statusAfter[event.eventType];
    const sid: unknown = event.eventData?.reservation_sid;
    if (after === undefined || typeof sid !== 'string') continue;
    if (after.rank <= (furthest.get(sid)?.rank ?? -1)) continue;
    furthest.set(sid, { rank: after.rank, shown: shownReservation(sid, after.status, event) });
  }
  return [...furthest.values()].map(({ shown }) => shown);
}

function shownReservation(sid: string, status: string, event: EventInstance): ShownReservation {
  const { task_sid, worker_sid, worker_name } = event.eventData;
  return {
    reservation_sid: sid,
    reservation_status: status,
    task_sid,
    worker_sid: worker_sid ?? null,
    worker_name: worker_name ?? null,
    date_updated: new Date(event.eventDateMs).toISOString(),
  };
}
