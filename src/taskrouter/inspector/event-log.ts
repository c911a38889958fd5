import type { TaskRouterEvent } from '../model/events';
import { Log, type LogOptions } from './log';

/** An event with its ID in the journal. */
export interface EventEntry {
  readonly id: number;
  readonly event: TaskRouterEvent;
}

/** Our choice: enough for the history of the latest tasks. The Events API has all events. */
const maxEvents = 500;

/** The newest events, by reference, for live displays. */
export class EventLog extends Log<EventEntry> {
  constructor(options: LogOptions) {
    super({ capacity: maxEvents, ...options });
  }

  add(event: TaskRouterEvent): void {
    this.keep({ id: this.nextId(), event });
  }
}
