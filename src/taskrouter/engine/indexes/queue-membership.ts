import { compileExpression, type Expression, type Scope } from '../../../language/expression';
import type { Activity, TaskQueue, Worker } from '../../model/entities';
import type { ExpressionScopes } from '../rules/expression-scopes';
import type { EntityState } from '../state/entity-state';

const none: ReadonlySet<string> = new Set();

/**
 * Index of the workers of each queue. The queue's expression is compiled once, and evaluated again only when something
 * that it reads has changed.
 */
export class QueueMembership {
  private readonly expressions = new Map<string, Expression>();
  /** Queues whose expression reads more than attributes and names: they are evaluated more often. */
  private readonly readersOf = { activity: new Set<string>(), channel: new Set<string>() };
  private workerChanged: (workerSid: string) => void = () => undefined;
  private readonly workersOf = new Map<string, Set<string>>();
  private readonly queuesOf = new Map<string, Set<string>>();

  constructor(
    private readonly state: EntityState,
    private readonly scopes: ExpressionScopes,
  ) {
    state.listen('taskQueues', (before, after) => this.queueWritten(before, after));
    state.listen('workers', (before, after) => this.workerWritten(before, after));
    state.listen('activities', (before, after) => {
      if (before && after && before.friendlyName !== after.friendlyName) this.activityRenamed(after);
    });
    state.listen('workerChannels', (before, after) => {
      const workerSid = (after ?? before)?.workerSid;
      if (workerSid) this.loadChanged(workerSid);
    });
    state.listen('reservations', (before, after) => {
      const workerSid = (after ?? before)?.workerSid;
      if (workerSid) this.loadChanged(workerSid);
    });
  }

  /** Calls `listener` for every worker that joins or leaves a queue. */
  onChange(listener: (workerSid: string) => void): void {
    this.workerChanged = listener;
  }

  queues(workerSid: string): ReadonlySet<string> {
    return this.queuesOf.get(workerSid) ?? none;
  }

  workers(taskQueueSid: string): ReadonlySet<string> {
    return this.workersOf.get(taskQueueSid) ?? none;
  }

  has(workerSid: string, taskQueueSid: string): boolean {
    return this.workers(taskQueueSid).has(workerSid);
  }

  /** Whether the queue's expression is true for a worker with this scope. */
  accepts(taskQueueSid: string, scope: Scope): boolean {
    return this.expressions.get(taskQueueSid)?.evaluate(scope) ?? false;
  }

  private queueWritten(before: TaskQueue | undefined, after: TaskQueue | undefined): void {
    const sid = (after ?? before)?.sid as string;
    if (before && after && before.targetWorkers === after.targetWorkers) return;
    this.compile(sid, after?.targetWorkers ?? null);
    const workers = after ? this.state.all('workers', after.workspaceSid) : [];
    for (const workerSid of [...this.workers(sid)]) if (!after) this.set(workerSid, sid, false);
    for (const worker of workers) this.evaluate(worker, sid);
  }

  private workerWritten(before: Worker | undefined, after: Worker | undefined): void {
    if (!after) {
      if (before) for (const queue of [...this.queues(before.sid)]) this.set(before.sid, queue, false);
      return;
    }
    const attributesChanged =
      before?.attributes !== after.attributes || before.friendlyName !== after.friendlyName;
    if (!attributesChanged && before.activitySid === after.activitySid) return;
    const queues = [...this.state.all('taskQueues', after.workspaceSid)].map(({ sid }) => sid);
    this.evaluateAll(after, attributesChanged ? queues : this.readersOf.activity);
  }

  private activityRenamed({ sid, workspaceSid }: Activity): void {
    for (const worker of this.state.all('workers', workspaceSid)) {
      if (worker.activitySid === sid) this.evaluateAll(worker, this.readersOf.activity);
    }
  }

  private loadChanged(workerSid: string): void {
    const worker = this.state.find('workers', workerSid);
    if (worker) this.evaluateAll(worker, this.readersOf.channel);
  }

  private evaluateAll(worker: Worker, taskQueueSids: Iterable<string>): void {
    const scope = this.scopes.worker(worker);
    for (const sid of taskQueueSids) {
      if (this.state.find('taskQueues', sid)?.workspaceSid === worker.workspaceSid)
        this.evaluate(worker, sid, scope);
    }
  }

  private compile(taskQueueSid: string, source: string | null): void {
    const expression = source ? compileExpression(source) : null;
    if (expression) this.expressions.set(taskQueueSid, expression);
    else this.expressions.delete(taskQueueSid);
    const references = expression?.references ?? [];
    toggleIn(
      this.readersOf.activity,
      taskQueueSid,
      references.some((path) => /^(worker\.)?activity_/.test(path)),
    );
    toggleIn(
      this.readersOf.channel,
      taskQueueSid,
      references.some((path) => /^(worker\.)?channel/.test(path)),
    );
  }

  private evaluate(worker: Worker, taskQueueSid: string, scope = this.scopes.worker(worker)): void {
    this.set(worker.sid, taskQueueSid, this.accepts(taskQueueSid, scope));
  }

  private set(workerSid: string, taskQueueSid: string, member: boolean): void {
    if (this.has(workerSid, taskQueueSid) === member) return;
    toggle(this.workersOf, taskQueueSid, workerSid, member);
    toggle(this.queuesOf, workerSid, taskQueueSid, member);
    this.workerChanged(workerSid);
  }
}

function toggle(map: Map<string, Set<string>>, key: string, value: string, present: boolean): void {
  const values = map.get(key) ?? new Set<string>();
  toggleIn(values, value, present);
  if (values.size === 0) map.delete(key);
  else map.set(key, values);
}

function toggleIn(values: Set<string>, value: string, present: boolean): void {
  if (present) values.add(value);
  else values.delete(value);
}
