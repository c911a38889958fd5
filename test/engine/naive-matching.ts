import { compileExpression, type Expression, scopeOf } from '../../src/language/expression';
import type { View } from '../../src/taskrouter/engine/state/view';
import type {
  Reservation,
  Task,
  TaskQueue,
  Transfer,
  Worker,
  WorkerChannel,
} from '../../src/taskrouter/model/entities';

/**
 * Computes which workers may be offered which tasks from the rows alone: no index and no memory, just a scan of
 * everything. The engine's indexes must find the same.
 */
export class NaiveMatching {
  readonly tasks: readonly Task[];
  readonly workers: readonly Worker[];
  readonly queues: readonly TaskQueue[];
  readonly reservations: readonly Reservation[];
  readonly transfers: readonly Transfer[];
  private readonly multiTaskEnabled: boolean;
  private readonly workerChannels: readonly WorkerChannel[];
  private readonly documents = new Map<Worker, object>();

  constructor(
    private readonly view: View,
    workspaceSid: string,
  ) {
    this.tasks = [...view.all('tasks', workspaceSid)];
    this.workers = [...view.all('workers', workspaceSid)];
    this.queues = [...view.all('taskQueues', workspaceSid)];
    this.reservations = [...view.all('reservations', workspaceSid)];
    this.transfers = [...view.all('transfers', workspaceSid)];
    this.workerChannels = [...view.all('workerChannels')];
    this.multiTaskEnabled = view.find('workspaces', workspaceSid)?.multiTaskEnabled ?? false;
  }

  /** Every task that waits although it could be offered to a worker. There must be none. */
  missedMatches(): string[] {
    const waiting = this.tasks.filter(({ status, heldUntil }) => status === 'pending' && heldUntil === null);
    return waiting.flatMap((task) =>
      this.workers
        .filter((worker) => this.mayBeAsked(task, worker))
        .map((worker) => `${task.sid} could be offered to ${worker.friendlyName}`),
    );
  }

  isInQueue(worker: Worker, queue: TaskQueue): boolean {
    if (!queue.targetWorkers) return false;
    const document = this.document(worker);
    return compiled(queue.targetWorkers).evaluate(scopeOf({ worker: document, ...document }));
  }

  use(workerSid: string, taskChannelSid: string): { used: number; assigned: number } {
    const onChannel = this.reservations.filter(
      (each) => each.workerSid === workerSid && each.taskChannelSid === taskChannelSid,
    );
    return { used: onChannel.filter(isLive).length, assigned: onChannel.filter(isAccepted).length };
  }

  /** The earliest deadline, from the rows. */
  nextDeadline(): number | null {
    const moments = [...this.tasks.flatMap(momentsOf), ...this.reservations.filter(isTimed).map(expiry)];
    return moments.length === 0 ? null : Math.min(...moments);
  }

  mayBeAsked(task: Task, worker: Worker): boolean {
    if (task.step.kind === 'direct' && task.step.workerSid) {
      if (task.step.workerSid !== worker.sid) return false;
      return task.ignoreCapacity || this.isReady(worker, task);
    }
    const queue = this.queues.find(({ sid }) => sid === task.taskQueueSid);
    if (!queue || !this.isInQueue(worker, queue) || !this.isReady(worker, task)) return false;
    return this.satisfiesTarget(task, worker);
  }

  private isReady(worker: Worker, task: Task): boolean {
    if (!this.view.find('activities', worker.activitySid)?.available) return false;
    const own = this.reservations.filter(({ workerSid }) => workerSid === worker.sid);
    if (!this.multiTaskEnabled) return !own.some(isPending);
    const channel = this.workerChannels.find(
      (each) => each.workerSid === worker.sid && each.taskChannelSid === task.taskChannelSid,
    );
    if (!channel?.available) return false;
    return this.use(worker.sid, task.taskChannelSid).used < channel.configuredCapacity;
  }

  private satisfiesTarget(task: Task, worker: Worker): boolean {
    const target = this.targetOf(task);
    if (target.known_worker_friendly_name) {
      if (task.attributes.value.agent !== worker.friendlyName) return false;
    }
    if (!target.expression) return true;
    const names = { task: task.attributes.value, worker: this.document(worker) };
    return compiled(target.expression).evaluate(scopeOf(names));
  }

  /** The target as written in the workflow. */
  targetOf({ step }: Task): { expression?: string; known_worker_friendly_name?: string; skip_if?: string } {
    if (step.kind === 'direct') return {};
    const text = this.view.find('workflowVersions', step.versionSid)?.configuration;
    const routing = JSON.parse(text ?? '{}').task_routing;
    return step.filter === 'default'
      ? routing.default_filter
      : routing.filters[step.filter].targets[step.target];
  }

  private document(worker: Worker): object {
    const document = this.documents.get(worker) ?? this.newDocument(worker);
    this.documents.set(worker, document);
    return document;
  }

  private newDocument(worker: Worker): object {
    const channel: Record<string, object> = {};
    for (const each of this.workerChannels) {
      const name = this.view.find('taskChannels', each.taskChannelSid)?.uniqueName;
      if (each.workerSid !== worker.sid || !name) continue;
      channel[name] = { assigned_tasks: this.use(worker.sid, each.taskChannelSid).assigned };
    }
    const activity_name = this.view.find('activities', worker.activitySid)?.friendlyName;
    return { friendly_name: worker.friendlyName, activity_name, channel, ...worker.attributes.value };
  }
}

const expressions = new Map<string, Expression>();

/** Reads each expression once, because these checks run after every command. */
function compiled(source: string): Expression {
  const known = expressions.get(source) ?? compileExpression(source);
  if (expressions.size < 1000) expressions.set(source, known);
  return known;
}

const isPending = ({ status }: Reservation) => status === 'pending';
const isTimed = ({ status, onHold }: Reservation) => status === 'pending' && !onHold;
const isAccepted = ({ status }: Reservation) => status === 'accepted';
export const isLive = ({ status }: Reservation) => ['pending', 'accepted', 'wrapping'].includes(status);
const expiry = ({ expiresAt }: Reservation) => expiresAt;

function momentsOf(task: Task): number[] {
  const { status, step, heldUntil, assignedAt, finishedAt, transferSid } = task;
  const moments: (number | null)[] = [];
  const isOpen = status === 'pending' || status === 'reserved';
  if (isOpen && transferSid === null) moments.push(task.dateCreated + task.timeoutSeconds * 1000);
  if (status === 'pending') moments.push(step.kind === 'workflow' ? step.expiresAt : null, heldUntil);
  if (status === 'assigned' || (isOpen && transferSid !== null))
    moments.push((assignedAt ?? 0) + 24 * 3600 * 1000);
  if (status === 'completed' || status === 'canceled') moments.push((finishedAt ?? 0) + 300 * 1000);
  return moments.filter((moment) => moment !== null);
}
