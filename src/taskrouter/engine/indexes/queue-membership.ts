import type { Path } from '../../../language/condition';
import { DocumentIndex } from '../../../language/document-index';
import type { Scope } from '../../../language/expression';
import type { Requirement } from '../../../language/requirements';
import type { Activity, TaskQueue, Worker } from '../../model/entities';
import { type ExpressionScopes, lastingDocument } from '../rules/expression-scopes';
import type { EntityState } from '../state/entity-state';
import { QueueExpressions } from './queue-expressions';

type MembershipListener = (workerSid: string, taskQueueSid: string) => void;

const none: ReadonlySet<string> = new Set();

/** What expressions read of a worker's activity. */
const activityNames = ['activity_sid', 'activity_name'];

/** What is kept for one workspace. */
class Workspace {
  readonly expressions = new QueueExpressions();
  /** Workers by the attributes that queues look for, so that a new queue need not evaluate all workers. */
  readonly workers = new DocumentIndex<string, Set<string>>(() => new Set());
}

/**
 * Index of the workers of each queue. The queue's expression is compiled once, and evaluated again only when something
 * that it reads has changed, for the workers that fulfill what it requires.
 */
export class QueueMembership {
  private readonly workspaces = new Map<string, Workspace>();
  private readonly listeners: MembershipListener[] = [];
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
    state.listen('workerChannels', (before, after) => this.loadChanged((after ?? before)?.workerSid));
    state.listen('reservations', (before, after) => this.loadChanged((after ?? before)?.workerSid));
    state.listen('workspaces', (before, after) => {
      if (before && !after) this.workspaces.delete(before.sid);
    });
  }

  /** Calls `listener` for every worker that joins or leaves a queue. */
  onChange(listener: MembershipListener): void {
    this.listeners.push(listener);
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

  /** The queues that a worker would be in. @param worker a row that differs from the present one in its activity only */
  queuesInActivity(worker: Worker): ReadonlySet<string> {
    const { expressions } = this.in(worker.workspaceSid);
    const present = this.queues(worker.sid);
    const affected = expressions.affected(activityNames, present, this.scopes.workerDocument(worker));
    const queues = new Set(present);
    const scope = this.scopes.worker(worker);
    for (const sid of affected)
      if (expressions.accepts(sid, scope)) queues.add(sid);
      else queues.delete(sid);
    return queues;
  }

  /** Whether the queue's expression is true for a worker with this scope. */
  accepts(taskQueueSid: string, scope: Scope): boolean {
    const queue = this.state.find('taskQueues', taskQueueSid);
    return queue !== undefined && this.in(queue.workspaceSid).expressions.accepts(taskQueueSid, scope);
  }

  private in(workspaceSid: string): Workspace {
    let workspace = this.workspaces.get(workspaceSid);
    if (!workspace) {
      workspace = new Workspace();
      this.workspaces.set(workspaceSid, workspace);
    }
    return workspace;
  }

  private queueWritten(before: TaskQueue | undefined, after: TaskQueue | undefined): void {
    const queue = after ?? before;
    if (!queue || (before && before.targetWorkers === after?.targetWorkers)) return;
    const { expressions, workers } = this.in(queue.workspaceSid);
    const required = expressions.alternativesOf(queue.sid) ?? [];
    expressions.set(queue.sid, after?.targetWorkers ?? null);
    const joining = after ? this.workersThatMayJoin(after) : [];
    for (const { path } of required) if (!expressions.requires(path)) workers.untrack(path);
    for (const workerSid of [...this.workers(queue.sid), ...joining]) this.evaluate(workerSid, [queue.sid]);
  }

  /** All workers, unless the expression requires attributes that workers can be looked up by. */
  private workersThatMayJoin({ sid, workspaceSid }: TaskQueue): Iterable<string> {
    const { expressions, workers } = this.in(workspaceSid);
    const alternatives = expressions.alternativesOf(sid);
    if (!alternatives?.every(isLookedUp)) return sidsOf(this.state.all('workers', workspaceSid));
    for (const { path } of alternatives) this.track(workspaceSid, path);
    return alternatives.flatMap((each) => [...(workers.get(each) ?? none)]);
  }

  private track(workspaceSid: string, path: Path): void {
    const { workers } = this.in(workspaceSid);
    if (workers.isTracked(path)) return;
    const all = [...this.state.all('workers', workspaceSid)];
    workers.track(
      path,
      all.map((worker) => [worker.sid, lastingDocument(worker)]),
    );
  }

  private workerWritten(before: Worker | undefined, after: Worker | undefined): void {
    if (before?.attributes !== after?.attributes || before?.friendlyName !== after?.friendlyName) {
      if (before) this.in(before.workspaceSid).workers.delete(before.sid, lastingDocument(before));
      if (after) this.in(after.workspaceSid).workers.add(after.sid, lastingDocument(after));
    }
    if (!after) {
      if (before) for (const queue of [...this.queues(before.sid)]) this.set(before.sid, queue, false);
    } else if (before) {
      this.namesChanged(after, changedNames(before, after));
    } else {
      const { expressions } = this.in(after.workspaceSid);
      this.evaluate(after.sid, expressions.candidates(this.scopes.workerDocument(after)));
    }
  }

  private activityRenamed({ sid, workspaceSid }: Activity): void {
    if (!this.in(workspaceSid).expressions.isRead(['activity_name'])) return;
    for (const worker of this.state.all('workers', workspaceSid)) {
      if (worker.activitySid === sid) this.namesChanged(worker, ['activity_name']);
    }
  }

  private loadChanged(workerSid: string | undefined): void {
    const worker = workerSid === undefined ? undefined : this.state.find('workers', workerSid);
    if (worker) this.namesChanged(worker, ['channel']);
  }

  private namesChanged(worker: Worker, names: readonly string[]): void {
    const { expressions } = this.in(worker.workspaceSid);
    if (!expressions.isRead(names)) return;
    const document = this.scopes.workerDocument(worker);
    this.evaluate(worker.sid, expressions.affected(names, this.queues(worker.sid), document));
  }

  private evaluate(workerSid: string, taskQueueSids: Iterable<string>): void {
    const worker = this.state.get('workers', workerSid);
    const { expressions } = this.in(worker.workspaceSid);
    const scope = this.scopes.worker(worker);
    for (const sid of taskQueueSids) this.set(workerSid, sid, expressions.accepts(sid, scope));
  }

  private set(workerSid: string, taskQueueSid: string, member: boolean): void {
    if (this.has(workerSid, taskQueueSid) === member) return;
    toggle(this.workersOf, taskQueueSid, workerSid, member);
    toggle(this.queuesOf, workerSid, taskQueueSid, member);
    for (const listener of this.listeners) listener(workerSid, taskQueueSid);
  }
}

/** Workers are not indexed by their activity, which changes often and has few values, or by the mere presence of an attribute. */
function isLookedUp({ kind, path }: Requirement): boolean {
  const names = path[0] === 'worker' ? path.slice(0, 2) : path.slice(0, 1);
  return kind !== 'present' && !names.some((name) => name === 'activity_sid' || name === 'activity_name');
}

/** The names of what an expression can read of the worker and that differs. */
function changedNames(before: Worker, after: Worker): string[] {
  const names: string[] = [];
  if (before.friendlyName !== after.friendlyName) names.push('friendly_name');
  if (before.activitySid !== after.activitySid) names.push(...activityNames);
  if (before.attributes === after.attributes) return names;
  const [one, other] = [before.attributes.value, after.attributes.value];
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (JSON.stringify(one[name]) !== JSON.stringify(other[name])) names.push(name);
  }
  return names;
}

const sidsOf = (workers: Iterable<Worker>): string[] => [...workers].map(({ sid }) => sid);

function toggle(map: Map<string, Set<string>>, key: string, value: string, present: boolean): void {
  const values = map.get(key) ?? new Set<string>();
  if (present) values.add(value);
  else values.delete(value);
  if (values.size === 0) map.delete(key);
  else map.set(key, values);
}
