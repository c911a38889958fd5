import type { StoredEvent, StoredState } from '../support/stored-state';
import type { Receiver } from './receiver';

/** Events that were there before. `isTorn` if the last ones may be gone. */
export function lostEvents(
  before: readonly StoredEvent[],
  now: readonly StoredEvent[],
  isTorn: boolean,
): string[] {
  const end = isTorn ? Math.min(before.length, now.length) : before.length;
  return before
    .slice(0, end)
    .filter(({ sid }, at) => now[at]?.sid !== sid)
    .map(({ sid }) => `event ${sid}`);
}

/** Pending reservations whose time was over when the service had started. @param now Unix milliseconds */
export function overdue({ rows }: StoredState, now: number): string[] {
  return rows.reservations
    .filter(({ status, onHold, expiresAt }) => status === 'pending' && !onHold && expiresAt < now)
    .map(({ sid }) => `reservation ${sid} is pending beyond its timeout`);
}

/**
 * Callbacks that were in the outbox when the service ended, and that have neither come again nor been settled without
 * being sent, as for a reservation that timed out meanwhile.
 */
export function unsent(before: StoredState, now: StoredState, receiver: Receiver): string[] {
  const isPending = new Set(
    now.rows.reservations.filter(({ status }) => status === 'pending').map(({ sid }) => sid),
  );
  const waits = new Set(now.rows.deliveries.map(({ sid }) => sid));
  return before.rows.deliveries
    .filter(({ sid, kind }) => waits.has(sid) || kind === 'event' || isPending.has(sid))
    .filter(({ sid }) => !receiver.hasInThisRun(sid))
    .map(({ sid, kind }) => `${kind} callback ${sid}`);
}

/** Reservations that are pending, are not in the outbox, and were never announced. */
export function unannounced({ rows }: StoredState, receiver: Receiver): string[] {
  const waits = new Set(rows.deliveries.map(({ sid }) => sid));
  return rows.reservations
    .filter(({ sid, status }) => status === 'pending' && !waits.has(sid) && !receiver.has(sid))
    .map(({ sid }) => `reservation ${sid} was never announced`);
}
