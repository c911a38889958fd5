import type { Delivery } from '../../src/taskrouter/model/entities';

interface Rows {
  /** The sequence of the first one. */
  readonly first: number;
  readonly workspaceSid: string;
  readonly dateCreated: number;
  readonly url: string;
}

/** Event callbacks in the outbox, the oldest first. */
export function waitingEvents(count: number, { first, workspaceSid, dateCreated, url }: Rows): Delivery[] {
  return Array.from({ length: count }, (_, index) => ({
    sid: `EV${String(first + index).padStart(32, 'f')}`,
    sequence: first + index,
    dateCreated,
    dateUpdated: dateCreated,
    workspaceSid,
    kind: 'event',
    taskSid: null,
    workerSid: null,
    urls: [url],
    parameters: {},
  }));
}
