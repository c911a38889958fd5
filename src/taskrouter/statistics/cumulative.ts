import { type ChannelName, factIsOn } from './channel';
import { EventCounts, reservationCounts } from './event-counts';
import type { EventHistory } from './event-history';
import { type Fact, type FactType, reservationTypes } from './fact';
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
} as const satisfies Record<Owner, FactType>;

const moved = 'task-queue.moved';
const common: readonly FactType[] = [
  ...reservationTypes,
  ...deletions,
  'task.canceled',
  'task.completed',
  moved,
];

const countedTypes: Readonly<Record<Owner, ReadonlySet<FactType>>> = {
  workspace: new Set([...common, arrival.workspace, 'workflow.timeout']),
  workflow: new Set([...common, arrival.workflow, 'workflow.timeout']),
  taskQueue: new Set([...common, arrival.taskQueue]),
};

/** Counts what happened to tasks, newest first. */
class CumulativeCounts {
  private readonly counts = new EventCounts();
  private readonly waits: WaitTimes;

  constructor(
    private readonly owner: Owner,
    thresholds: readonly number[],
  ) {
    this.waits = new WaitTimes(thresholds);
  }

  add(fact: Fact): void {
    this.counts.add(fact.type);
    this.waits.add(fact);
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

export function workspaceCumulative(
  history: EventHistory,
  request: CumulativeRequest,
): Promise<CumulativeFigures> {
  return count(history, request, 'workspace', () => true);
}

export function workflowCumulative(
  history: EventHistory,
  request: CumulativeRequest,
  workflowSid: string,
): Promise<CumulativeFigures> {
  return count(history, request, 'workflow', (fact) => fact.workflowSid === workflowSid);
}

export function taskQueueCumulative(
  history: EventHistory,
  request: CumulativeRequest,
  taskQueueSid: string,
): Promise<CumulativeFigures> {
  return count(history, request, 'taskQueue', (fact) => queueOf(fact) === taskQueueSid);
}

/** The statistics of every queue in one pass. Returns them by queue, with zeros for a queue without events. */
export async function taskQueuesCumulative(
  history: EventHistory,
  request: CumulativeRequest,
): Promise<(taskQueueSid: string) => CumulativeFigures> {
  const countsByQueue = new Map<string, CumulativeCounts>();
  const newCounts = () => new CumulativeCounts('taskQueue', request.thresholds);
  await visit(history, request, 'taskQueue', (fact) => {
    const sid = queueOf(fact);
    if (sid === undefined) return;
    let counts = countsByQueue.get(sid);
    if (!counts) {
      counts = newCounts();
      countsByQueue.set(sid, counts);
    }
    counts.add(fact);
  });
  return (sid) => (countsByQueue.get(sid) ?? newCounts()).figures();
}

/** The queue that counts it: one that a task moves from, not the one that it moves to. */
const queueOf = (fact: Fact): string | undefined => (fact.type === moved ? fact.leftSid : fact.taskQueueSid);

async function count(
  history: EventHistory,
  request: CumulativeRequest,
  owner: Owner,
  belongs: (fact: Fact) => boolean,
): Promise<CumulativeFigures> {
  const counts = new CumulativeCounts(owner, request.thresholds);
  await visit(history, request, owner, (fact) => {
    if (belongs(fact)) counts.add(fact);
  });
  return counts.figures();
}

/** Calls `add` with what counts in the window. */
function visit(
  history: EventHistory,
  { workspaceSid, window, taskChannel }: CumulativeRequest,
  owner: Owner,
  add: (fact: Fact) => void,
): Promise<void> {
  const types = countedTypes[owner];
  return history.visit({ workspaceSid, ...window }, (fact) => {
    if (types.has(fact.type) && factIsOn(taskChannel, fact)) add(fact);
  });
}
