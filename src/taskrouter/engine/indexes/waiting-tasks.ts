import BTree from 'sorted-btree';
import type { Task } from '../../model/entities';
import { compareTasks } from '../rules/ordering';
import type { Target } from '../rules/workflow-configuration';
import type { EntityState } from '../state/entity-state';
import { ConditionalTasks } from './conditional-tasks';
import type { WorkflowConfigurations } from './workflow-configurations';

/** The waiting tasks of one queue and channel, in the queue's order. */
interface Line {
  /** Any ready worker of the queue may be offered these, so only the first matters. */
  readonly plain: BTree<Task, undefined>;
  /** Their target has an expression or a known worker: only some workers may be offered them. */
  readonly conditional: ConditionalTasks;
}

/** Where tasks wait: a queue, or the worker that RoutingTarget names. */
interface Place {
  /** How many wait, in all lines. */
  tasks: number;
  /** By channel. */
  readonly lines: Map<string, Line>;
}

/**
 * Index of the tasks that can be offered: pending and not held, by queue and channel, in the queue's order. Tasks with
 * a worker as RoutingTarget wait in that worker's own line.
 */
export class WaitingTasks {
  private entered: (task: Task, arrived: boolean) => void = () => undefined;
  /** A queue's lines stay when they are empty: where workers are free, each new task waits for a moment only. */
  private readonly places = new Map<string, Place>();
  private conditional = 0;

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
      if (before && !after) this.places.delete(before.sid);
    });
  }

  /**
   * Calls `listener` for every task that starts to wait, or that changed while it waits. `arrived` is true if the task
   * has just entered its target, or returned to it from an offer.
   */
  onEnter(listener: (task: Task, arrived: boolean) => void): void {
    this.entered = listener;
  }

  /** The lines of a queue or of a worker, by channel; undefined if no task waits there. */
  of(place: string): ReadonlyMap<string, Line> | undefined {
    const found = this.places.get(place);
    return found && found.tasks > 0 ? found.lines : undefined;
  }

  /** Whether a task waits anywhere that only some workers may be offered. */
  get hasConditional(): boolean {
    return this.conditional > 0;
  }

  private enter(task: Task, arrived: boolean): void {
    const place = this.place(waitingPlaceOf(task));
    let line = place.lines.get(task.taskChannelSid);
    if (!line) {
      line = this.newLine(task.taskQueueSid);
      place.lines.set(task.taskChannelSid, line);
    }
    const target = this.targetOf(task);
    if (isConditional(task, target)) {
      line.conditional.add(task, target);
      this.conditional += 1;
    } else line.plain.set(task, undefined);
    place.tasks += 1;
    this.entered(task, arrived);
  }

  private leave(task: Task): void {
    const sid = waitingPlaceOf(task);
    const place = this.places.get(sid);
    const line = place?.lines.get(task.taskChannelSid);
    if (!place || !line) return;
    const target = this.targetOf(task);
    if (isConditional(task, target)) {
      line.conditional.delete(task, target);
      this.conditional -= 1;
    } else line.plain.delete(task);
    place.tasks -= 1;
    if (place.tasks === 0 && sid !== task.taskQueueSid) this.places.delete(sid);
  }

  private targetOf(task: Task): Target | null {
    return this.configurations.targetOf(task);
  }

  private place(sid: string): Place {
    let place = this.places.get(sid);
    if (!place) {
      place = { tasks: 0, lines: new Map() };
      this.places.set(sid, place);
    }
    return place;
  }

  private newLine(taskQueueSid: string): Line {
    const { taskOrder } = this.state.get('taskQueues', taskQueueSid);
    const compare = (left: Task, right: Task) => compareTasks(taskOrder, left, right);
    return {
      plain: new BTree<Task, undefined>(undefined, compare),
      conditional: new ConditionalTasks(compare),
    };
  }

  private sortAgain(taskQueueSid: string): void {
    const lines = this.places.get(taskQueueSid)?.lines;
    for (const [channel, line] of lines ?? []) {
      const sorted = this.newLine(taskQueueSid);
      for (const task of line.plain.keys()) sorted.plain.set(task, undefined);
      for (const kind of line.conditional.kinds())
        for (const task of kind) sorted.conditional.add(task, this.targetOf(task));
      lines?.set(channel, sorted);
    }
  }
}

function isConditional({ step }: Task, target: Target | null): boolean {
  if (step.kind === 'direct') return step.workerSid !== null;
  return !!target && (target.expression !== null || target.knownWorker !== null);
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
