import type { EventEntry } from './entries';

/** The lifecycle as Twilio's tutorial tells it. */
export const tourSteps = ['created', 'available', 'reserved', 'accepted', 'assigned', 'completed'] as const;
export type TourStep = (typeof tourSteps)[number];

/** The steps that somebody has to do something for; the others follow by themselves. */
export const tourTasks = ['created', 'available', 'accepted', 'completed'] as const;
export type TourTask = (typeof tourTasks)[number];

/** How far the one task has come that the tour goes along with. */
export interface Tour {
  readonly taskSid: string | null;
  /** Whom it was offered to last, and in which reservation. */
  readonly workerName: string | null;
  readonly reservationSid: string | null;
  /** What has happened, and when (ISO 8601). */
  readonly reached: Readonly<Partial<Record<TourStep, string>>>;
  /** Of which run of the service the last event was seen, and its number. */
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

/** What is to be done next; undefined once the task is completed. */
export function nextTask({ reached }: Tour): TourTask | undefined {
  return tourTasks.find((step) => reached[step] === undefined);
}

/** The same task, seen by another run of the service, which counts from the start again. */
export function tourInRun(tour: Tour, run: string): Tour {
  return tour.run === run ? tour : { ...tour, run, lastId: 0 };
}

/** From the beginning, with whatever is created from now on. */
export function restartedTour({ run, lastId }: Tour): Tour {
  return { ...newTour, run, lastId };
}

/** What happened, taken into account once. Other tasks than the tour's own do not count. */
export function tourAfter(tour: Tour, happening: EventEntry): Tour {
  if (happening.id <= tour.lastId) return tour;
  const seen = { ...tour, lastId: happening.id };
  const { event_type, task_sid, at } = happening;
  if (tour.taskSid === null && event_type === 'task.created')
    return withSteps({ ...seen, taskSid: task_sid }, at, 'created');
  return task_sid !== null && task_sid === tour.taskSid ? afterOwn(seen, happening) : seen;
}

function afterOwn(tour: Tour, { event_type, at, worker_name, reservation_sid }: EventEntry): Tour {
  const offered = { ...tour, workerName: worker_name, reservationSid: reservation_sid };
  switch (event_type) {
    // Who was reserved was eligible and available; another worker's activity proves nothing.
    case 'reservation.created':
      return withSteps(offered, at, 'available', 'reserved');
    case 'reservation.accepted':
      return withSteps(offered, at, 'accepted', 'assigned');
    case 'task.completed':
      return withSteps(tour, at, ...tourSteps);
    // The offer came to nothing: the worker is asked again, or another.
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
