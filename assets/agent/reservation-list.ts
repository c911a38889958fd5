import type { Reservation } from 'twilio-taskrouter';
import type { ReservationEvent } from './announcement';
import type { ReservationAction } from './reservation-actions';
import { isLive, type ReservationView, reservationView, timeLeftMs } from './reservation-view';

interface Entry {
  readonly reservation: Reservation;
  readonly endsAt: number;
  error: string | null;
}

interface ListOptions {
  /** Called when a reservation has an event, or after the views have changed for another reason. */
  readonly changed: (event?: ReservationEvent, view?: ReservationView) => void;
  /** The clock of this page, in ms since 1970. */
  readonly now: () => number;
}

/** The events that the SDK has for a reservation. */
const events = ['accepted', 'wrapup', 'rejected', 'timeout', 'canceled', 'rescinded', 'completed'] as const;
const taskEvents = ['updated', 'canceled', 'completed', 'wrapup'] as const;

/** Our choice: what ended stays, so that nothing vanishes unexplained, but not forever. */
const maxEnded = 5;

/** The reservations of a worker, newest first, and those that ended a short while ago. */
export class ReservationList {
  readonly #options: ListOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: ListOptions) {
    this.#options = options;
  }

  get views(): readonly ReservationView[] {
    return [...this.#entries.values()].reverse().map(viewOf);
  }

  /** A new offer. */
  add(reservation: Reservation): void {
    this.#changed(this.#keep(reservation), 'created');
  }

  /**
   * After the SDK has connected, it has new objects for the reservations that are not over. What ended meanwhile had no
   * event, so its status is read.
   */
  async replaceAll(current: Iterable<Reservation>): Promise<void> {
    const live = [...this.#entries.values()].filter(({ reservation }) => isLive(reservation));
    const kept = new Set([...current].map((reservation) => this.#keep(reservation).reservation.sid));
    this.#options.changed();
    const ended = live.filter(({ reservation }) => !kept.has(reservation.sid));
    await Promise.all(ended.map((entry) => this.#readEnded(entry)));
  }

  /** Resolves when TaskRouter has responded. An error is shown at the reservation. */
  async act(sid: string, action: ReservationAction, activitySid?: string): Promise<void> {
    const entry = this.#entries.get(sid);
    if (!entry) return;
    entry.error = null;
    try {
      await perform(entry.reservation, action, activitySid);
    } catch (error) {
      entry.error = error instanceof Error ? error.message : String(error);
    }
    this.#options.changed();
  }

  /** Removes a reservation that is over. */
  dismiss(sid: string): void {
    this.#entries.delete(sid);
    this.#options.changed();
  }

  #keep(reservation: Reservation): Entry {
    const endsAt = this.#options.now() + timeLeftMs(reservation);
    const entry: Entry = { reservation, endsAt, error: null };
    this.#entries.set(reservation.sid, entry);
    for (const event of events) reservation.on(event, () => this.#changed(entry, event));
    for (const event of taskEvents) reservation.task.on(event, () => this.#options.changed());
    return entry;
  }

  #changed(entry: Entry, event: ReservationEvent): void {
    const { sid } = entry.reservation;
    // The object of an earlier connection has no say.
    if (this.#entries.get(sid) !== entry) return;
    if (!isLive(entry.reservation)) this.#moveToEnded(entry);
    entry.error = null;
    this.#options.changed(event, viewOf(entry));
  }

  /** The newest of what ended comes first, and the oldest makes room. */
  #moveToEnded(entry: Entry): void {
    this.#entries.delete(entry.reservation.sid);
    this.#entries.set(entry.reservation.sid, entry);
    const ended = [...this.#entries.values()].filter(({ reservation }) => !isLive(reservation));
    for (const { reservation } of ended.slice(0, -maxEnded)) this.#entries.delete(reservation.sid);
  }

  async #readEnded(entry: Entry): Promise<void> {
    const { reservation } = entry;
    const latest = await reservation.fetchLatestVersion().catch(() => undefined);
    if (this.#entries.get(reservation.sid) !== entry) return;
    // After a reset of the local TaskRouter it does not exist any more.
    if (!latest || isLive(latest)) return this.dismiss(reservation.sid);
    this.#changed(entry, latest.status as ReservationEvent);
  }
}

function viewOf({ reservation, endsAt, error }: Entry): ReservationView {
  return reservationView(reservation, { endsAt, error });
}

function perform(
  reservation: Reservation,
  action: ReservationAction,
  activitySid: string | undefined,
): Promise<Reservation> {
  if (action === 'reject') return reservation.reject(activitySid ? { activitySid } : undefined);
  return reservation[action]();
}
