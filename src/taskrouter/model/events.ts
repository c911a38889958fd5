import type { Reservation, Task, Transfer, Worker, WorkerChannel } from './entities';
import type { EventType, ResourceType } from './event-types';

/** Who caused an event. Our choice: source `api` with the client's address for REST, else `twilio`. */
export interface Origin {
  readonly source: 'api' | 'twilio';
  readonly ipAddress: string | null;
}

/**
 * An event. `fields` holds what its callback sends besides the common fields: Twilio's PascalCase names, string values.
 * The Events API and the callbacks are two forms of the same record.
 */
export interface TaskRouterEvent {
  readonly sid: string;
  /** Order of emission, over all entities and events; dates never decrease along it. */
  readonly sequence: number;
  readonly type: EventType;
  readonly description: string;
  readonly resourceType: ResourceType;
  readonly resourceSid: string;
  readonly workspaceSid: string;
  readonly workspaceName: string;
  /** Unix milliseconds. */
  readonly date: number;
  readonly origin: Origin;
  readonly fields: Readonly<Record<string, string>>;
  /** Of `task-queue.moved`, for statistics: the queue that the task left. Not published, as Twilio has no such field. */
  readonly previousTaskQueueSid?: string;
}

/**
 * What an event is about, as it was at that moment: the next event of the same commit may have changed it. For those that
 * show entities as they change; it is not stored.
 */
export interface EventSubject {
  readonly task?: Task | undefined;
  readonly reservation?: Reservation | undefined;
  readonly transfer?: Transfer | undefined;
  readonly worker?: Worker | undefined;
  /** The channel that an event about a worker's channel is about. */
  readonly workerChannel?: WorkerChannel | undefined;
  /** Of an event about a task: its reservations that were neither refused nor over before the event. */
  readonly reservations?: readonly Reservation[] | undefined;
}
