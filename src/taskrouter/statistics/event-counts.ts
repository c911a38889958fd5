import type { EventType } from '../model/event-types';

/** The number of events of each type. */
export class EventCounts {
  private readonly counts = new Map<EventType, number>();

  add(type: EventType): void {
    this.counts.set(type, this.of(type) + 1);
  }

  of(...types: readonly EventType[]): number {
    return types.reduce((sum, type) => sum + (this.counts.get(type) ?? 0), 0);
  }
}

export const reservationTypes = [
  'reservation.created',
  'reservation.accepted',
  'reservation.rejected',
  'reservation.timeout',
  'reservation.canceled',
  'reservation.rescinded',
] as const satisfies readonly EventType[];

export type ReservationCounts = ReturnType<typeof reservationCounts>;

export const reservationCounts = (counts: EventCounts) => ({
  created: counts.of('reservation.created'),
  accepted: counts.of('reservation.accepted'),
  rejected: counts.of('reservation.rejected'),
  timedOut: counts.of('reservation.timeout'),
  canceled: counts.of('reservation.canceled'),
  rescinded: counts.of('reservation.rescinded'),
});
