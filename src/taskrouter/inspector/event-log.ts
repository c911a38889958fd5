import type { TaskRouterEvent } from '../model/events';
import { Log, type LogOptions } from './log';

/** An event with its number among the entries of the inspector. */
export interface EventEntry {
  readonly id: number;
  readonly event: TaskRouterEvent;
}

/** Our choice: as many as tell what the last tasks went through; the Events API has them all. */
const mostEvents = 500;

/** The newest events by reference, for who looks on while they happen. */
export class EventLog extends Log<EventEntry> {
  constructor(options: LogOptions) {
    super({ capacity: mostEvents, ...options });
  }

  add(event: TaskRouterEvent): void {
    this.keep({ id: this.nextId(), event });
  }
}

/** An event as the stream tells it: what happened to which task and worker, without all its fields. */
export function eventEntryToJson({ id, event }: EventEntry) {
  const { fields } = event;
  return {
    id,
    at: new Date(event.date).toISOString(),
    event_type: event.type,
    description: event.description,
    task_sid: fields.TaskSid ?? null,
    task_status: fields.TaskAssignmentStatus ?? null,
    worker_sid: fields.WorkerSid ?? null,
    worker_name: fields.WorkerName ?? null,
    worker_activity: fields.WorkerActivityName ?? null,
    worker_activity_sid: fields.WorkerActivitySid ?? null,
    reservation_sid: fields.ReservationSid ?? null,
  };
}
