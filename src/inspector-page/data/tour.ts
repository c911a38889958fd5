import type { EventEntry } from './entries';

/** The steps of Twilio's tutorial. */
export const tourSteps = ['created', 'available', 'reserved', 'accepted', 'assigned', 'completed'] as const;
export type TourStep = (typeof tourSteps)[number];

/** The steps that need an action of the user. The others follow automatically. */
const tourTasks = ['created', 'available', 'accepted', 'completed'] as const;
export type TourTask = (typeof tourTasks)[number];

/** The progress of the task that the tour follows. */
export interface Tour {
  readonly taskSid: string | null;
  /** The worker and the reservation of the latest offer. */
  readonly workerName: string | null;
  readonly reservationSid: string | null;
  /** When each step was reached (ISO 8601). */
  readonly reached: Readonly<Partial<Record<TourStep, string>>>;
  /** The run of the service in which the last event was received, and the number of that event. */
  readonly run: string;
  readonly lastId: number;
}

export const newTour: Tour = {
  taskSid: null,
  workerName: null,
  reservationSid: null,
  reached: {},
  run: '',
  lastId: 0,
};

/** The next action; undefined once the task is completed. */
export function nextTask({ reached }: Tour): TourTask | undefined {
  return tourTasks.find((step) => reached[step] === undefined);
}

/** The same tour in another run of the service, which numbers its events from the start. */
export function tourInRun(tour: Tour, run: string): Tour {
  return tour.run === run ? tour : { ...tour, run, lastId: 0 };
}

/** A new tour, which follows the next task that is created. */
export function restartedTour({ run, lastId }: Tour): Tour {
  return { ...newTour, run, lastId };
}

/** The tour after an event. An event that it has received before changes nothing. */
export function advanceTour(tour: Tour, event: EventEntry): Tour {
  if (event.id <= tour.lastId) return tour;
  const seen = { ...tour, lastId: event.id };
  const { task_sid } = event;
  if (task_sid === null) return seen;
  if (task_sid === tour.taskSid) return withOwnEvent(seen, event);
  return isTakenOver(tour, event) ? withOwnEvent({ ...restartedTour(seen), taskSid: task_sid }, event) : seen;
}

/**
 * Whether the tour goes on with the task of this event: with a new one after its own is completed, and with one that
 * is offered to a worker while its own still waits.
 */
function isTakenOver(tour: Tour, { event_type }: EventEntry): boolean {
  if (event_type === 'task.created') return tour.taskSid === null || tour.reached.completed !== undefined;
  return event_type === 'reservation.created' && tour.taskSid !== null && tour.reached.reserved === undefined;
}

function withOwnEvent(tour: Tour, { event_type, at, worker_name, reservation_sid }: EventEntry): Tour {
  const offered = { ...tour, workerName: worker_name, reservationSid: reservation_sid };
  switch (event_type) {
    case 'task.created':
      return withSteps(tour, at, 'created');
    // The reserved worker was eligible and available. The activity of another worker would not show that.
    case 'reservation.created':
      return withSteps(offered, at, 'created', 'available', 'reserved');
    case 'reservation.accepted':
      return withSteps(offered, at, 'accepted', 'assigned');
    case 'task.completed':
      return withSteps(tour, at, ...tourSteps);
    // The offer ended without an assignment: the task waits for the next one.
    case 'reservation.rejected':
    case 'reservation.timeout':
    case 'reservation.canceled':
      return {
        ...tour,
        workerName: null,
        reservationSid: null,
        reached: { created: tour.reached.created ?? at },
      };
    case 'task.canceled':
    case 'task.deleted':
    case 'task.system-deleted':
      return tour.reached.completed === undefined ? restartedTour(tour) : tour;
    default:
      return tour;
  }
}

function withSteps(tour: Tour, at: string, ...steps: readonly TourStep[]): Tour {
  const fresh = steps.filter((step) => tour.reached[step] === undefined);
  if (fresh.length === 0) return tour;
  return { ...tour, reached: { ...tour.reached, ...Object.fromEntries(fresh.map((step) => [step, at])) } };
}
