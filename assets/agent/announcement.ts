import { durationText } from '../../src/common/duration-text';
import { type ReservationView, taskText } from './reservation-view';

/** A sentence for screen readers. */
export interface Announcement {
  readonly text: string;
  /** Whether it interrupts what the screen reader says: an offer lasts seconds. */
  readonly isUrgent: boolean;
}

/** The events of a reservation in the SDK. https://twilio.github.io/twilio-taskrouter.js/Reservation.html */
export type ReservationEvent =
  | 'created'
  | 'accepted'
  | 'wrapup'
  | 'rejected'
  | 'timeout'
  | 'canceled'
  | 'rescinded'
  | 'completed';

const urgentEvents: ReadonlySet<ReservationEvent> = new Set(['created', 'timeout', 'canceled', 'rescinded']);

export function announcementOf(event: ReservationEvent, view: ReservationView, now: number): Announcement {
  return { text: textOf(event, view, now), isUrgent: urgentEvents.has(event) };
}

function textOf(event: ReservationEvent, view: ReservationView, now: number): string {
  const task = taskText(view);
  if (event === 'created') return `New offer: ${task}. ${durationText(view.endsAt - now)} to accept.`;
  if (event === 'accepted') return `Accepted: ${task}.`;
  if (event === 'wrapup') return `Wrapping up: ${task}.`;
  return `${task}: ${view.ending ?? view.status}`;
}
