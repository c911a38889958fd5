import type { TaskRouterEvent } from '../model/events';
import { Log, type LogOptions } from './log';

/** An event with its number among the entries of the inspector. */
export interface EventEntry {
  readonly id: number;
  readonly event: TaskRouterEvent;
}

/** Our choice: as many as tell what the last tasks went through; the Events API has them all. */
const maxEvents = 500;

/** The newest events by reference, for who looks on while they happen. */
export class EventLog extends Log<EventEntry> {
  constructor(options: LogOptions) {
    super({ capacity: maxEvents, ...options });
  }

  add(event: TaskRouterEvent): void {
    this.keep({ id: this.nextId(), event });
  }
}
