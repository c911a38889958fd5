import type { Scope } from '../../../language/expression';
import type { OrderBy } from '../../../language/order-by';
import type { Task, Worker } from '../../model/entities';
import { isWaitingForOffer, waitingPlaceOf } from '../indexes/waiting-tasks';
import type { Unsuitability } from '../rules/matching';
import { compareTasks, hasOrder, idleSince } from '../rules/ordering';
import { channelsWithCapacity, hasToReply, isAvailable, type NotReady } from '../rules/readiness';
import type { Target, WorkflowConfiguration } from '../rules/workflow-configuration';
import type { EngineState } from './engine-state';

interface EligibleWorkers {
  readonly workers: readonly Worker[];
  /** Null if the workers are in the order in which they are idle. */
  readonly orderBy: OrderBy | null;
}

/** What would be true of a worker in another activity. */
export interface AssumedWorker {
  readonly worker: Worker;
  /** What keeps the task from the worker, whatever the worker does now; null if nothing does. */
  unsuitability(task: Task): Unsuitability | null;
  /** The task that the worker would be offered first if nothing but the capacity kept the worker from tasks. */
  firstTask(): Task | null;
}

/** Read access to the predicates by which tasks are routed, so that what decides can also be explained. */
export class RoutingView {
  constructor(private readonly engineState: () => EngineState) {}

  /** The rules that the task follows; null if its RoutingTarget skips them. */
  configurationOf({ step }: Task): WorkflowConfiguration | null {
    return step.kind === 'workflow' ? this.engineState().configurations.of(step.versionSid) : null;
  }

  targetOf(task: Task): Target | null {
    return this.engineState().configurations.targetOf(task);
  }

  /** The scope of filters. */
  scopeOfTask(task: Task): Scope {
    return this.engineState().scopes.task(task);
  }

  /** The scope of a queue's expression. */
  scopeOfWorker(worker: Worker): Scope {
    return this.engineState().scopes.worker(worker);
  }

  /** The scope of a target's expression. */
  scopeOfTarget(task: Task, worker: Worker): Scope {
    return this.engineState().scopes.target(task, worker);
  }

  /** The worker that the target names; undefined if it names none, or none that exists. */
  knownWorkerOf(task: Task): Worker | undefined {
    const known = this.targetOf(task)?.knownWorker;
    return known ? this.engineState().knownWorkers.find(task, known) : undefined;
  }

  /** Whether the task is pending and may be offered now. */
  isWaitingForOffer(task: Task): boolean {
    return isWaitingForOffer(task);
  }

  /** What keeps the task from this worker, whatever the worker does now; null if nothing does. */
  unsuitability(task: Task, worker: Worker): Unsuitability | null {
    return this.engineState().matching.unsuitability(task, worker);
  }

  /** Everything that keeps the worker from the tasks of the channel. */
  notReady(worker: Worker, taskChannelSid: string): NotReady[] {
    const { state, load } = this.engineState();
    const channels = channelsWithCapacity(state, load, worker);
    const obstacles: NotReady[] = [];
    if (!isAvailable(state, worker)) obstacles.push('not_available');
    if (hasToReply(state, load, worker)) obstacles.push('has_pending_reservation');
    if (!channels.some((channel) => channel.taskChannelSid === taskChannelSid)) obstacles.push('no_capacity');
    return obstacles;
  }

  /** Whether the worker may be offered the task now. */
  isEligible(task: Task, worker: Worker): boolean {
    return this.engineState().matching.isEligible(task, worker);
  }

  /** The workers that may be offered the task now, best first, and the order that decided. */
  eligibleWorkers(task: Task): EligibleWorkers {
    const workers = this.engineState().matching.eligibleWorkers(task, Number.POSITIVE_INFINITY);
    const orderBy = this.targetOf(task)?.orderBy;
    const isOrdered = orderBy && workers.every((worker) => hasOrder(worker, orderBy));
    return { workers, orderBy: isOrdered ? orderBy : null };
  }

  /** Since when a worker counts as idle on a channel, in Unix milliseconds. */
  idleSince(worker: Worker, taskChannelSid: string): number {
    const { state, load } = this.engineState();
    const { channelOptimizedRouting } = state.get('taskChannels', taskChannelSid);
    const channel = channelOptimizedRouting ? load.channel(worker.sid, taskChannelSid) : undefined;
    return idleSince(worker, channel?.lastReservedTime);
  }

  /** Sids of the workers in the queue. */
  workersOf(taskQueueSid: string): ReadonlySet<string> {
    return this.engineState().membership.workers(taskQueueSid);
  }

  /** How many tasks are before this one in its queue, on its channel. */
  countAhead(task: Task): number {
    const { state, waiting } = this.engineState();
    const line = waiting.of(waitingPlaceOf(task))?.get(task.taskChannelSid);
    if (!line || !isWaitingForOffer(task)) return 0;
    const { taskOrder } = state.get('taskQueues', task.taskQueueSid);
    const isBefore = (other: Task) => compareTasks(taskOrder, other, task) < 0;
    let ahead = countWhile(line.plain.keys(), isBefore);
    for (const kind of line.conditional.kinds()) ahead += countWhile(kind, isBefore);
    return ahead;
  }

  /** A worker as it would be. @param worker a row that differs from the present one in its activity only */
  assume(worker: Worker): AssumedWorker {
    const { state, load, matching, membership } = this.engineState();
    const queues = membership.queuesInActivity(worker);
    const channels = channelsWithCapacity(state, load, worker);
    const taskChannelSids = channels.map(({ taskChannelSid }) => taskChannelSid);
    return {
      worker,
      unsuitability: (task) => matching.unsuitabilityIn(queues, task, worker),
      firstTask: () => matching.firstTaskIfReady(worker, queues, taskChannelSids),
    };
  }

  /** The waiting tasks of a workspace, each queue in its order. */
  *waitingTasks(workspaceSid: string): Iterable<Task> {
    for (const task of this.engineState().state.all('tasks', workspaceSid))
      if (isWaitingForOffer(task)) yield task;
  }
}

function countWhile<T>(values: Iterable<T>, matches: (value: T) => boolean): number {
  let count = 0;
  for (const value of values) {
    if (!matches(value)) return count;
    count += 1;
  }
  return count;
}
