import type { FactType } from './fact';

/** The number of events of each type. */
export class EventCounts {
  private readonly counts = new Map<FactType, number>();

  add(type: FactType): void {
    this.counts.set(type, this.of(type) + 1);
  }

  of(...types: readonly FactType[]): number {
    return types.reduce((sum, type) => sum + (this.counts.get(type) ?? 0), 0);
  }
}

export type ReservationCounts = ReturnType<typeof reservationCounts>;

export const reservationCounts = (counts: EventCounts) => ({
  created: counts.of('reservation.created'),
  accepted: counts.of('reservation.accepted'),
  rejected: counts.of('reservation.rejected'),
  timedOut: counts.of('reservation.timeout'),
  canceled: counts.of('reservation.canceled'),
  rescinded: counts.of('reservation.rescinded'),
});
