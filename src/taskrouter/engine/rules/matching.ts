import type { Task, Worker } from '../../model/entities';
import type { QueueMembership } from '../indexes/queue-membership';
import type { ReadyWorkers } from '../indexes/ready-workers';
import { isWaitingForOffer, type WaitingTasks, waitingPlaceOf } from '../indexes/waiting-tasks';
import type { WorkflowConfigurations } from '../indexes/workflow-configurations';
import type { EntityState } from '../state/entity-state';
import type { ExpressionScopes } from './expression-scopes';
import type { KnownWorkers } from './known-workers';
import { compareTasks, orderWorkers } from './ordering';
import type { Target } from './workflow-configuration';

/** What keeps a task from a worker, whatever the worker does now. */
export type Unsuitability =
  | 'not_in_queue'
  | 'known_worker_missing'
  | 'known_worker_other'
  | 'target_expression_false';

/** A task and the workers to offer it to. */
interface Match {
  readonly task: Task;
  readonly workers: readonly Worker[];
}

/**
 * Decides which task is offered to which workers. Between commands no ready worker matches a waiting task, so only
 * what changed is examined: workers that became ready look for their best task, tasks that started to wait look for
 * their best worker. The best of these tasks is offered first.
 */
export class Matching {
  /** Sids, and whether the task has just entered its target: only then is `skip_if` evaluated. */
  private readonly newTasks = new Map<string, boolean>();
  private readonly newWorkers = new Set<string>();

  constructor(
    private readonly state: EntityState,
    private readonly scopes: ExpressionScopes,
    private readonly configurations: WorkflowConfigurations,
    private readonly membership: QueueMembership,
    private readonly ready: ReadyWorkers,
    private readonly waiting: WaitingTasks,
    private readonly knownWorkers: KnownWorkers,
  ) {
    waiting.onEnter(({ sid }, arrived) => this.newTasks.set(sid, arrived || this.newTasks.get(sid) === true));
  }

  /** Forgets what changed. Stored rows were matched before they were stored, so nothing is new after load or undo. */
  forgetChanges(): void {
    this.ready.refresh();
    this.newTasks.clear();
    this.newWorkers.clear();
  }

  /** The next task to offer, or null. Calls `unmatched` for each task that entered its target and found no worker. */
  next(unmatched: (task: Task) => void): Match | null {
    for (const workerSid of this.ready.refresh()) this.newWorkers.add(workerSid);
    const task = this.bestOfNewTasks(this.bestOfNewWorkers(), unmatched);
    return task && { task, workers: this.eligibleWorkers(task, this.round(task)) };
  }

  /**
   * The ready workers that may be offered the task, best first, at most `max`.
   * Sources: https://www.twilio.com/docs/taskrouter/order-workers, …/workflow-configuration/known-agent-routing
   */
  eligibleWorkers(task: Task, max: number): Worker[] {
    const target = this.configurations.targetOf(task);
    if (!target?.orderBy) return take(this.candidates(task, target), max);
    return [...orderWorkers([...this.candidates(task, target)], target.orderBy)].slice(0, max);
  }

  /** Whether this worker may be offered this task now. */
  isEligible(task: Task, worker: Worker): boolean {
    return this.isReadyFor(task, worker) && this.unsuitability(task, worker) === null;
  }

  /** https://www.twilio.com/docs/taskrouter/api/task: with IgnoreCapacity, availability is ignored as well. */
  private isReadyFor(task: Task, worker: Worker): boolean {
    if (isDirectTo(task, worker) && task.ignoreCapacity) return true;
    return this.ready.isReady(worker.sid, task.taskChannelSid);
  }

  /** What keeps the task from this worker, whatever the worker does now; null if nothing does. */
  unsuitability(task: Task, worker: Worker): Unsuitability | null {
    if (task.step.kind === 'direct' && task.step.workerSid)
      return task.step.workerSid === worker.sid ? null : 'known_worker_other';
    if (!this.membership.has(worker.sid, task.taskQueueSid)) return 'not_in_queue';
    const target = this.configurations.targetOf(task);
    if (target?.knownWorker) {
      const known = this.knownWorkers.find(task, target.knownWorker);
      if (!known) return 'known_worker_missing';
      if (known.sid !== worker.sid) return 'known_worker_other';
    }
    if (!target?.expression || target.expression.evaluate(this.scopes.target(task, worker))) return null;
    return 'target_expression_false';
  }

  /**
   * Whether the task leaves its target, as no worker can be reserved. `workers.` counts the activities of the queue's
   * workers only: https://www.twilio.com/docs/taskrouter/worker-presence
   */
  shouldSkip(task: Task): boolean {
    const skipIf = this.configurations.targetOf(task)?.skipIf;
    if (!skipIf) return false;
    const counts: Record<string, number> = { available: 0, unavailable: 0 };
    for (const { sid } of this.state.all('activities', task.workspaceSid)) counts[sid] = 0;
    for (const workerSid of this.membership.workers(task.taskQueueSid)) {
      const activity = this.state.get('activities', this.state.get('workers', workerSid).activitySid);
      for (const name of [activity.available ? 'available' : 'unavailable', activity.sid]) {
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    return skipIf.evaluate((name) => (name === 'workers' ? counts : undefined));
  }

  /** How many workers are offered the task at once. */
  private round(task: Task): number {
    if (waitingPlaceOf(task) !== task.taskQueueSid) return 1;
    return this.state.get('taskQueues', task.taskQueueSid).maxReservedWorkers;
  }

  private *candidates(task: Task, target: Target | null): Iterable<Worker> {
    const one = this.onlyWorker(task, target);
    const sids = one === undefined ? this.ready.of(task.taskQueueSid, task.taskChannelSid) : one ? [one] : [];
    for (const sid of sids) {
      const worker = this.state.find('workers', sid);
      if (worker && this.isEligible(task, worker)) yield worker;
    }
  }

  /** The single worker that RoutingTarget or the target names: its sid, or null if there is no such worker; undefined if nothing is named. */
  private onlyWorker(task: Task, target: Target | null): string | null | undefined {
    if (task.step.kind === 'direct') return task.step.workerSid ?? undefined;
    if (!target?.knownWorker) return undefined;
    return this.knownWorkers.find(task, target.knownWorker)?.sid ?? null;
  }

  private bestOfNewWorkers(): Task | null {
    let best: Task | null = null;
    for (const workerSid of this.newWorkers) {
      const task = this.bestTaskFor(workerSid);
      if (!task) this.newWorkers.delete(workerSid);
      else best = this.better(best, task);
    }
    return best;
  }

  private bestOfNewTasks(best: Task | null, unmatched: (task: Task) => void): Task | null {
    let chosen = best;
    for (const [sid, arrived] of this.newTasks) {
      const task = this.state.find('tasks', sid);
      if (!task || !isWaitingForOffer(task)) {
        this.newTasks.delete(sid);
      } else if (this.better(chosen, task) === task && this.eligibleWorkers(task, 1).length > 0) {
        chosen = task;
      } else if (chosen === null) {
        this.newTasks.delete(sid);
        if (arrived) unmatched(task);
      }
    }
    return chosen;
  }

  private bestTaskFor(workerSid: string): Task | null {
    const worker = this.state.find('workers', workerSid);
    return worker
      ? this.firstTask(worker, [...this.ready.channels(workerSid)], (task) => this.isEligible(task, worker))
      : null;
  }

  /** The task that the worker would be offered first if nothing kept the worker from these channels. */
  firstTaskIfReady(worker: Worker, taskChannelSids: readonly string[]): Task | null {
    return this.firstTask(worker, taskChannelSids, (task) => this.unsuitability(task, worker) === null);
  }

  private firstTask(
    worker: Worker,
    taskChannelSids: readonly string[],
    suits: (task: Task) => boolean,
  ): Task | null {
    let best: Task | null = null;
    for (const place of [worker.sid, ...this.membership.queues(worker.sid)]) {
      if (!this.waiting.has(place)) continue;
      for (const channel of taskChannelSids) {
        const line = this.waiting.of(place)?.get(channel);
        if (!line) continue;
        best = this.better(best, line.plain.minKey() ?? null);
        best = this.better(best, first(line.conditional.keys(), suits));
      }
    }
    return best;
  }

  /** The task to offer first. Between a FIFO and a LIFO queue, the workspace's PrioritizeQueueOrder decides. */
  private better(left: Task | null, right: Task | null): Task | null {
    if (!left || !right || left.sid === right.sid) return left ?? right;
    const orders = [left, right].map((task) => this.state.get('taskQueues', task.taskQueueSid).taskOrder);
    if (orders[0] !== orders[1]) {
      const { prioritizeQueueOrder } = this.state.get('workspaces', left.workspaceSid);
      return orders[0] === prioritizeQueueOrder ? left : right;
    }
    return compareTasks(orders[0] as 'FIFO', left, right) <= 0 ? left : right;
  }
}

const isDirectTo = (task: Task, worker: Worker) =>
  task.step.kind === 'direct' && task.step.workerSid === worker.sid;

function first<T>(values: Iterable<T>, suits: (value: T) => boolean): T | null {
  for (const value of values) if (suits(value)) return value;
  return null;
}

function take<T>(values: Iterable<T>, max: number): T[] {
  const taken: T[] = [];
  for (const value of values) {
    taken.push(value);
    if (taken.length >= max) break;
  }
  return taken;
}
