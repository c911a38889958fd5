import BTree from 'sorted-btree';
import type { Task } from '../../model/entities';
import { compareTasks } from '../rules/ordering';
import type { EntityState } from '../state/entity-state';
import type { WorkflowConfigurations } from './workflow-configurations';

/** The waiting tasks of one queue and channel, in the queue's order. */
interface Line {
  /** Any ready worker of the queue may be offered these, so only the first matters. */
  readonly plain: BTree<Task, undefined>;
  /** Their target has an expression or a known worker: each is checked for each worker. */
  readonly conditional: BTree<Task, undefined>;
}

/**
 * Index of the tasks that can be offered: pending and not held, by queue and channel, in the queue's order. Tasks with
 * a worker as RoutingTarget wait in that worker's own line.
 */
export class WaitingTasks {
  private entered: (task: Task, arrived: boolean) => void = () => undefined;
  private readonly lines = new Map<string, Map<string, Line>>();

  constructor(
    private readonly state: EntityState,
    private readonly configurations: WorkflowConfigurations,
  ) {
    state.listen('tasks', (before, after) => {
      if (before && isWaitingForOffer(before)) this.leave(before);
      if (after && isWaitingForOffer(after)) this.enter(after, !before || hasArrived(before, after));
    });
    state.listen('taskQueues', (before, after) => {
      if (before && after && before.taskOrder !== after.taskOrder) this.sortAgain(after.sid);
    });
  }

  /**
   * Calls `listener` for every task that starts to wait, or that changed while it waits. `arrived` is true if the task
   * has just entered its target, or returned to it from an offer.
   */
  onEnter(listener: (task: Task, arrived: boolean) => void): void {
    this.entered = listener;
  }

  /** Whether a task waits in the queue, or in the worker's own line. */
  has(place: string): boolean {
    return this.lines.has(place);
  }

  /** The lines of a queue or of a worker, by channel. */
  of(place: string): ReadonlyMap<string, Line> | undefined {
    return this.lines.get(place);
  }

  private enter(task: Task, arrived: boolean): void {
    this.tree(task, true)?.set(task, undefined);
    this.entered(task, arrived);
  }

  private leave(task: Task): void {
    this.tree(task, false)?.delete(task);
    const channels = this.lines.get(waitingPlaceOf(task));
    const line = channels?.get(task.taskChannelSid);
    if (line && line.plain.size + line.conditional.size === 0) channels?.delete(task.taskChannelSid);
    if (channels?.size === 0) this.lines.delete(waitingPlaceOf(task));
  }

  private tree(task: Task, make: boolean): BTree<Task, undefined> | undefined {
    const place = waitingPlaceOf(task);
    let channels = this.lines.get(place);
    let line = channels?.get(task.taskChannelSid);
    if (!line && make) {
      channels ??= new Map<string, Line>();
      this.lines.set(place, channels);
      line = this.newLine(task.taskQueueSid);
      channels.set(task.taskChannelSid, line);
    }
    return this.isConditional(task) ? line?.conditional : line?.plain;
  }

  private isConditional(task: Task): boolean {
    if (task.step.kind === 'direct') return task.step.workerSid !== null;
    const target = this.configurations.targetOf(task);
    return !!target && (target.expression !== null || target.knownWorker !== null);
  }

  private newLine(taskQueueSid: string): Line {
    const { taskOrder } = this.state.get('taskQueues', taskQueueSid);
    const compare = (left: Task, right: Task) => compareTasks(taskOrder, left, right);
    return {
      plain: new BTree<Task, undefined>(undefined, compare),
      conditional: new BTree<Task, undefined>(undefined, compare),
    };
  }

  private sortAgain(taskQueueSid: string): void {
    for (const [channel, line] of this.lines.get(taskQueueSid) ?? []) {
      const sorted = this.newLine(taskQueueSid);
      for (const name of ['plain', 'conditional'] as const) {
        for (const task of line[name].keys()) sorted[name].set(task, undefined);
      }
      this.lines.get(taskQueueSid)?.set(channel, sorted);
    }
  }
}

/** A step is a new value when a target is entered, and only then. */
const hasArrived = (before: Task, after: Task): boolean =>
  !isWaitingForOffer(before) || before.step !== after.step;

/** Our choice: only a pending task can be offered, so that no worker joins a round of offers in progress. */
export const isWaitingForOffer = (task: Task): boolean =>
  task.status === 'pending' && task.heldUntil === null;

/** The place where a task waits: its queue, or the line of the worker that RoutingTarget names. */
export function waitingPlaceOf(task: Task): string {
  return task.step.kind === 'direct' && task.step.workerSid ? task.step.workerSid : task.taskQueueSid;
}
