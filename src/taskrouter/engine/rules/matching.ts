import type { Task, Worker } from '../../model/entities';
import type { TaskOrder } from '../../model/statuses';
import type { ActivityCounts } from '../indexes/activity-counts';
import { NewTasks } from '../indexes/new-tasks';
import type { QueueMembership } from '../indexes/queue-membership';
import type { ReadyWorkers } from '../indexes/ready-workers';
import { type WaitingTasks, waitingPlaceOf } from '../indexes/waiting-tasks';
import type { WorkflowConfigurations } from '../indexes/workflow-configurations';
import type { EntityState } from '../state/entity-state';
import type { ExpressionScopes } from './expression-scopes';
import type { KnownWorkers } from './known-workers';
import { compareTasks } from './ordering';
import { requirementsOfTarget, targetDocument } from './target-conditions';
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

interface Totals {
  available: number;
  unavailable: number;
}

/** A queue and a channel on which workers became ready while a task was waiting. */
interface Place {
  readonly taskQueueSid: string;
  readonly taskChannelSid: string;
}

/**
 * Decides which task is offered to which workers. Between commands no ready worker matches a waiting task, so only
 * what changed is examined: workers that became ready look for their best task, tasks that started to wait look for
 * their best worker. The best of these tasks is offered first.
 */
export class Matching {
  private readonly newTasks = new NewTasks();
  /** Workers that became ready, and the best task that only some workers may be offered; undefined if not known yet. */
  private readonly newWorkers = new Map<string, Task | undefined>();
  /** Where workers became ready while tasks were waiting that any of them may be offered. */
  private readonly newPlaces = new Map<string, Place>();
  /** The workers that were found for the new task that was examined last. */
  private found: Match | null = null;

  constructor(
    private readonly state: EntityState,
    private readonly scopes: ExpressionScopes,
    private readonly configurations: WorkflowConfigurations,
    private readonly membership: QueueMembership,
    private readonly ready: ReadyWorkers,
    private readonly waiting: WaitingTasks,
    private readonly knownWorkers: KnownWorkers,
    private readonly activityCounts: ActivityCounts,
  ) {
    waiting.onEnter((task, arrived) => {
      this.newTasks.add(task, this.orderOf(task), arrived);
    });
  }

  /** Forgets what changed. Stored rows were matched before they were stored, so nothing is new after load or undo. */
  forgetChanges(): void {
    this.ready.refresh();
    this.newTasks.clear();
    this.newWorkers.clear();
    this.newPlaces.clear();
  }

  /** The next task to offer, or null. Calls `unmatched` for each task that entered its target and found no worker. */
  next(unmatched: (task: Task) => void): Match | null {
    for (const [workerSid, isReady] of this.ready.refresh()) {
      this.newWorkers.delete(workerSid);
      if (isReady) this.becameReady(workerSid);
    }
    this.found = null;
    const task = this.bestOfNewTasks(this.bestForNewWorkers(), unmatched);
    return task && this.matchOf(task);
  }

  private matchOf(task: Task): Match {
    if (this.found?.task === task) return this.found;
    return { task, workers: this.eligibleWorkers(task, this.round(task)) };
  }

  /**
   * The ready workers that may be offered the task, best first, at most `max`.
   * Sources: https://www.twilio.com/docs/taskrouter/order-workers, …/workflow-configuration/known-agent-routing
   */
  eligibleWorkers(task: Task, max: number): Worker[] {
    const target = this.configurations.targetOf(task);
    const only = this.onlyWorker(task, target);
    if (only !== undefined) return only === null ? [] : this.eligible(task, [{ workerSid: only }], 1);
    const line = this.ready.line(task.taskQueueSid, task.taskChannelSid);
    const candidates = line.candidates(requirementsOfTarget(task, target));
    if (!target?.orderBy) return this.eligible(task, candidates.idle(), max);
    const { workers, unordered } = candidates.ordered(target.orderBy);
    const isIgnored = this.eligible(task, unordered, 1).length > 0;
    return this.eligible(task, isIgnored ? candidates.idle() : workers, max);
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
    return this.unsuitabilityIn(this.membership.queues(worker.sid), task, worker);
  }

  /** The same for a worker who is in these queues. */
  unsuitabilityIn(queues: ReadonlySet<string>, task: Task, worker: Worker): Unsuitability | null {
    if (task.step.kind === 'direct' && task.step.workerSid)
      return task.step.workerSid === worker.sid ? null : 'known_worker_other';
    if (!queues.has(task.taskQueueSid)) return 'not_in_queue';
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
    const counts: Record<string, number> & Totals = { available: 0, unavailable: 0 };
    for (const { sid } of this.state.all('activities', task.workspaceSid)) counts[sid] = 0;
    for (const [activitySid, count] of this.activityCounts.of(task.taskQueueSid)) {
      const { available } = this.state.get('activities', activitySid);
      counts[available ? 'available' : 'unavailable'] += count;
      counts[activitySid] = count;
    }
    return skipIf.evaluate((name) => (name === 'workers' ? counts : undefined));
  }

  /** How many workers are offered the task at once. */
  private round(task: Task): number {
    if (waitingPlaceOf(task) !== task.taskQueueSid) return 1;
    return this.state.get('taskQueues', task.taskQueueSid).maxReservedWorkers;
  }

  /** The first of these workers that may be offered the task, at most `max`. */
  private eligible(task: Task, candidates: Iterable<{ readonly workerSid: string }>, max: number): Worker[] {
    const eligible: Worker[] = [];
    for (const { workerSid } of candidates) {
      const worker = this.state.find('workers', workerSid);
      if (!worker || !this.isEligible(task, worker)) continue;
      eligible.push(worker);
      if (eligible.length >= max) break;
    }
    return eligible;
  }

  /** The single worker that RoutingTarget or the target names: its sid, or null if there is no such worker; undefined if nothing is named. */
  private onlyWorker(task: Task, target: Target | null): string | null | undefined {
    if (task.step.kind === 'direct') return task.step.workerSid ?? undefined;
    if (!target?.knownWorker) return undefined;
    return this.knownWorkers.find(task, target.knownWorker)?.sid ?? null;
  }

  private becameReady(workerSid: string): void {
    if (this.waiting.hasConditional) this.newWorkers.set(workerSid, undefined);
    for (const taskQueueSid of this.membership.queues(workerSid)) {
      for (const [taskChannelSid, line] of this.waiting.of(taskQueueSid) ?? []) {
        if (line.plain.size > 0 && this.ready.isReady(workerSid, taskChannelSid))
          this.newPlaces.set(taskQueueSid + taskChannelSid, { taskQueueSid, taskChannelSid });
      }
    }
  }

  private bestForNewWorkers(): Task | null {
    let best: Task | null = null;
    for (const [key, place] of this.newPlaces) {
      const task = this.firstFor(place);
      if (!task) this.newPlaces.delete(key);
      best = this.better(best, task);
    }
    for (const [workerSid, known] of this.newWorkers) {
      const task = known && isPresent(this.state, known) ? known : this.bestConditionalFor(workerSid);
      if (task) this.newWorkers.set(workerSid, task);
      else this.newWorkers.delete(workerSid);
      best = this.better(best, task);
    }
    return best;
  }

  /** The first task that any ready worker of the queue may be offered; null if there is no such task, or no such worker. */
  private firstFor({ taskQueueSid, taskChannelSid }: Place): Task | null {
    const first = this.waiting.of(taskQueueSid)?.get(taskChannelSid)?.plain.minKey();
    return first && this.ready.line(taskQueueSid, taskChannelSid).size > 0 ? first : null;
  }

  private bestConditionalFor(workerSid: string): Task | null {
    const worker = this.state.find('workers', workerSid);
    if (!worker) return null;
    const document = () => this.ready.document(workerSid);
    const channels = this.ready.channels(workerSid);
    const places = [workerSid, ...this.membership.queues(workerSid)];
    return this.bestConditional(places, channels, document, (task) => this.isEligible(task, worker));
  }

  /** The task that the worker would be offered first in these queues if nothing kept the worker from these channels. */
  firstTaskIfReady(
    worker: Worker,
    queues: ReadonlySet<string>,
    taskChannelSids: readonly string[],
  ): Task | null {
    const document = () => targetDocument(this.scopes, worker);
    const suits = (task: Task) => this.unsuitabilityIn(queues, task, worker) === null;
    let best = this.bestConditional([worker.sid, ...queues], taskChannelSids, document, suits);
    for (const queue of queues) {
      for (const channel of taskChannelSids)
        best = this.better(best, this.waiting.of(queue)?.get(channel)?.plain.minKey() ?? null);
    }
    return best;
  }

  /** The best of the tasks that only some workers may be offered. */
  private bestConditional(
    places: readonly string[],
    taskChannelSids: readonly string[],
    document: () => object,
    suits: (task: Task) => boolean,
  ): Task | null {
    let best: Task | null = null;
    for (const place of places) {
      const lines = this.waiting.of(place);
      for (const channel of lines ? taskChannelSids : []) {
        const conditional = lines?.get(channel)?.conditional;
        for (const task of conditional?.size ? conditional.candidates(document()) : [])
          if (this.better(best, task) === task && suits(task)) best = task;
      }
    }
    return best;
  }

  /** The best of `best` and the new tasks that a ready worker matches. */
  private bestOfNewTasks(best: Task | null, unmatched: (task: Task) => void): Task | null {
    let chosen = best ?? this.firstMatched(unmatched);
    for (const order of taskOrders) {
      for (let task = this.newTasks.best(order); task; task = this.newTasks.best(order)) {
        if (task === chosen || this.better(chosen, task) !== task) break;
        if (isPresent(this.state, task) && this.hasWorker(task)) chosen = task;
        else this.newTasks.examined(task);
      }
    }
    return chosen;
  }

  /** The first new task that a ready worker matches. Those before it are settled: no worker matches them. */
  private firstMatched(unmatched: (task: Task) => void): Task | null {
    for (const { task, arrived } of this.newTasks.values()) {
      const waits = isPresent(this.state, task);
      if (waits && !this.newTasks.isExamined(task) && this.hasWorker(task)) return task;
      this.newTasks.delete(task.sid);
      if (waits && arrived) unmatched(task);
    }
    return null;
  }

  private hasWorker(task: Task): boolean {
    const workers = this.eligibleWorkers(task, this.round(task));
    if (workers.length === 0) return false;
    this.found = { task, workers };
    return true;
  }

  /** The task to offer first. Between a FIFO and a LIFO queue, the workspace's PrioritizeQueueOrder decides. */
  private better(left: Task | null, right: Task | null): Task | null {
    if (!left || !right || left.sid === right.sid) return left ?? right;
    const order = this.orderOf(left);
    if (order === this.orderOf(right)) return compareTasks(order, left, right) <= 0 ? left : right;
    const { prioritizeQueueOrder } = this.state.get('workspaces', left.workspaceSid);
    return order === prioritizeQueueOrder ? left : right;
  }

  private orderOf({ taskQueueSid }: Task): TaskOrder {
    return this.state.get('taskQueues', taskQueueSid).taskOrder;
  }
}

const taskOrders: readonly TaskOrder[] = ['FIFO', 'LIFO'];

const isDirectTo = (task: Task, worker: Worker) =>
  task.step.kind === 'direct' && task.step.workerSid === worker.sid;

/** Whether this is the task as it is now: a new row replaces it with every change. */
const isPresent = (state: EntityState, task: Task): boolean => state.find('tasks', task.sid) === task;
