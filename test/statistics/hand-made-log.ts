import type { EventType } from '../../src/taskrouter/model/event-types';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { EventHistory, type EventSource } from '../../src/taskrouter/statistics/event-history';
import { MemoryEvents } from '../../src/taskrouter/store/memory-events';
import { countedSid } from '../support/counting-sids';

/** The start of the log in Unix milliseconds. Events are given in seconds after it. */
const noon = Date.parse('2026-01-31T12:00:00Z');
export const workspaceSid = countedSid('WS', 1);
export const at = (seconds: number): number => noon + Math.round(seconds * 1000);
const unixSeconds = (seconds: number): string => String(Math.floor(at(seconds) / 1000));

export interface Line {
  readonly type: EventType;
  /** Seconds after noon. */
  readonly second: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly previousTaskQueueSid?: string;
}

/** A line for a task that was created and entered its queue at these seconds. */
export function taskLine(
  type: EventType,
  second: number,
  task: {
    created?: number;
    entered?: number;
    queue?: string;
    workflow?: string;
    channel?: string;
    from?: string;
  } = {},
): Line {
  const { created = 0, entered = created, queue, workflow, channel = 'default', from } = task;
  return {
    type,
    second,
    fields: {
      TaskAge: String(Math.floor(at(second) / 1000) - Math.floor(at(created) / 1000)),
      TaskQueueEnteredDate: unixSeconds(entered),
      TaskChannelSid: countedSid('TC', channel === 'default' ? 1 : 2),
      TaskChannelUniqueName: channel,
      ...(queue && { TaskQueueSid: queue }),
      ...(workflow && { WorkflowSid: workflow }),
    },
    ...(from && { previousTaskQueueSid: from }),
  };
}

/** A log with these lines, in order of time. The last `unwritten` events are not written yet. */
export function logOf(lines: readonly Line[], unwritten = 0): EventHistory {
  const events = lines.toSorted((left, right) => left.second - right.second).map(toEvent);
  const written = events.length - unwritten;
  return historyOf(events.slice(0, written), events.slice(written));
}

/** The history of these events, to which none are added. Oldest first. */
export function historyOf(
  events: readonly TaskRouterEvent[],
  unwrittenEvents: readonly TaskRouterEvent[] = [],
): EventHistory {
  const onCommit = () => undefined;
  return new EventHistory({ store: storeOf(events), unwrittenEvents, onCommit, onClear: onCommit });
}

/** A store with these events. Oldest first. */
function storeOf(events: readonly TaskRouterEvent[]): EventSource['store'] {
  const log = new MemoryEvents();
  log.append(events);
  return { events: (query) => log.query(query) };
}

function toEvent({ type, second, fields = {}, ...rest }: Line, index: number): TaskRouterEvent {
  return {
    sid: countedSid('EV', index + 1),
    sequence: index + 1,
    type,
    description: type,
    resourceType: 'task',
    resourceSid: countedSid('WT', 1),
    workspaceSid,
    workspaceName: 'Counted',
    date: at(second),
    origin: { source: 'twilio', ipAddress: null },
    fields,
    ...rest,
  };
}
