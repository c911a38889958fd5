import type { EventType } from '../model/event-types';
import type { TaskRouterEvent } from '../model/events';
import { type ChannelName, eventIsOn } from './channel';
import { EventCounts, reservationCounts, reservationTypes } from './event-counts';
import { type EventHistory, eventsIn } from './event-history';
import { deletions } from './our-choices';
import { WaitTimes } from './wait-times';
import type { StatisticsWindow } from './window';

/** A request for cumulative statistics. */
export interface CumulativeRequest {
  readonly workspaceSid: string;
  readonly window: StatisticsWindow;
  readonly taskChannel: ChannelName;
  /** SplitByWaitTime, in seconds. */
  readonly thresholds: readonly number[];
}

type Owner = 'workspace' | 'workflow' | 'taskQueue';

/** The event of a task's arrival: `tasks_created` of a workspace, `tasks_entered` of the others. */
const arrival = {
  workspace: 'task.created',
  workflow: 'workflow.entered',
  taskQueue: 'task-queue.entered',
} as const satisfies Record<Owner, EventType>;

const moved = 'task-queue.moved';
const countedTypes: readonly EventType[] = [
  ...reservationTypes,
  ...deletions,
  'task.canceled',
  'task.completed',
];

/** Counts the events of tasks in the window, in any order. */
class CumulativeCounts {
  private readonly counts = new EventCounts();
  private readonly waits: WaitTimes;

  constructor(
    private readonly owner: Owner,
    thresholds: readonly number[],
  ) {
    this.waits = new WaitTimes(thresholds);
  }

  add(event: TaskRouterEvent): void {
    this.counts.add(event.type);
    this.waits.add(event);
  }

  figures() {
    const { counts, waits } = this;
    const untilAccepted = waits.untilAccepted.figures();
    return {
      reservations: reservationCounts(counts),
      averageTaskAcceptanceTime: untilAccepted.avg,
      waitUntilAccepted: untilAccepted,
      waitUntilCanceled: waits.untilCanceled.figures(),
      waitInQueueUntilAccepted: waits.inQueueUntilAccepted.figures(),
      splitByWaitTime: waits.split.figures(),
      /** Created in the workspace, or entered the workflow or queue. */
      tasksArrived: counts.of(arrival[this.owner]),
      tasksCanceled: counts.of('task.canceled'),
      tasksCompleted: counts.of('task.completed'),
      tasksDeleted: counts.of(...deletions),
      /** From one queue to another; of a queue: from it to another. */
      tasksMoved: counts.of(moved),
      tasksTimedOutInWorkflow: counts.of('workflow.timeout'),
    };
  }
}

export type CumulativeFigures = ReturnType<CumulativeCounts['figures']>;

export function workspaceCumulative(log: EventHistory, request: CumulativeRequest): CumulativeFigures {
  const types = [...countedTypes, arrival.workspace, moved, 'workflow.timeout'];
  return countEvents('workspace', request, events(log, request, types));
}

export function workflowCumulative(
  log: EventHistory,
  request: CumulativeRequest,
  workflowSid: string,
): CumulativeFigures {
  const types = [...countedTypes, arrival.workflow, moved, 'workflow.timeout'];
  return countEvents('workflow', request, events(log, request, types, { WorkflowSid: workflowSid }));
}

export function taskQueueCumulative(
  log: EventHistory,
  request: CumulativeRequest,
  taskQueueSid: string,
): CumulativeFigures {
  const types = [...countedTypes, arrival.taskQueue];
  const result = new CumulativeCounts('taskQueue', request.thresholds);
  for (const event of events(log, request, types, { TaskQueueSid: taskQueueSid })) result.add(event);
  // These events name the queue that the task moved to.
  for (const event of events(log, request, [moved]))
    if (event.previousTaskQueueSid === taskQueueSid) result.add(event);
  return result.figures();
}

/** The statistics of every queue in one pass. Returns them by queue, with zeros for a queue without events. */
export function taskQueuesCumulative(
  log: EventHistory,
  request: CumulativeRequest,
): (taskQueueSid: string) => CumulativeFigures {
  const countsByQueue = new Map<string, CumulativeCounts>();
  const of = (sid: string) => countsByQueue.get(sid) ?? new CumulativeCounts('taskQueue', request.thresholds);
  for (const event of events(log, request, [...countedTypes, arrival.taskQueue, moved])) {
    const sid = event.type === moved ? event.previousTaskQueueSid : event.fields.TaskQueueSid;
    if (sid === undefined) continue;
    const existing = of(sid);
    existing.add(event);
    countsByQueue.set(sid, existing);
  }
  return (sid) => of(sid).figures();
}

function countEvents(owner: Owner, request: CumulativeRequest, happened: Iterable<TaskRouterEvent>) {
  const result = new CumulativeCounts(owner, request.thresholds);
  for (const event of happened) result.add(event);
  return result.figures();
}

function* events(
  log: EventHistory,
  { workspaceSid, window, taskChannel }: CumulativeRequest,
  types: readonly string[],
  fields: Readonly<Record<string, string>> = {},
): Generator<TaskRouterEvent> {
  for (const event of eventsIn(log, { workspaceSid, ...window, types, fields }))
    if (eventIsOn(taskChannel, event)) yield event;
}
