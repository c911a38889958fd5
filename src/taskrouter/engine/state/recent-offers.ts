import type { Reservation, Task } from '../../model/entities';
import type { EntityState } from './entity-state';
import { type Moment, type PastRows, RecentChanges } from './recent-changes';

/** Our choice, for the same reason as the number of changes that are kept. */
const maxOffers = 250;

/** An offer of a task to one or several workers at the same time, and the state in which it was made. */
export interface PastOffer {
  /** As it was before the offer. */
  readonly task: Task;
  /** Unix milliseconds. */
  readonly at: number;
  readonly reservations: readonly Reservation[];
  readonly rows: PastRows;
}

interface Offer {
  readonly task: Task;
  readonly at: number;
  readonly moment: Moment;
  readonly reservations: Reservation[];
}

/** The latest offers, in memory, so that they can be explained later. They are not stored: a restart forgets them. */
export class RecentOffers {
  private readonly changes: RecentChanges;
  private offers: Offer[] = [];

  constructor(state: EntityState) {
    this.changes = new RecentChanges(state);
  }

  /** Call it before the offer changes anything. @returns where the reservations of the offer are put */
  begin(task: Task, at: number): Reservation[] {
    const reservations: Reservation[] = [];
    this.offers.push({ task, at, moment: this.changes.mark(), reservations });
    // Truncates rarely instead of shifting at every offer.
    if (this.offers.length >= maxOffers * 1.25) this.offers = this.offers.slice(-maxOffers);
    return reservations;
  }

  /** The offer that created the reservation; null if it is not recorded, or no longer. */
  find(reservationSid: string): PastOffer | null {
    // The last one, because an undone command offered nothing.
    const offer = this.offers.findLast(({ reservations }) =>
      reservations.some(({ sid }) => sid === reservationSid),
    );
    const rows = offer && this.changes.rowsAt(offer.moment);
    return rows ? { ...offer, rows } : null;
  }
}
