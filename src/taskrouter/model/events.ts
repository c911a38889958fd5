import type { EventType, ResourceType } from './event-types';

/** Who asked for what happened. Our choice: source `api` with the client's address for REST, else `twilio`. */
export interface Origin {
  readonly source: 'api' | 'twilio';
  readonly ipAddress: string | null;
}

/**
 * Something that happened. `fields` holds everything a callback says of it beside the common fields, in Twilio's
 * PascalCase names with string values; Events API and callbacks are two spellings of the same record.
 */
export interface TaskRouterEvent {
  readonly sid: string;
  /** Order of emission over everything; timestamps never decrease along it. */
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
  /** Of `task-queue.moved`: the queue the task left, for statistics. Twilio publishes no such field, nor do we. */
  readonly previousTaskQueueSid?: string;
}
