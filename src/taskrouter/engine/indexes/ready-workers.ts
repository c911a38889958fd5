import type { Activity, Reservation, Worker, WorkerChannel } from '../../model/entities';
import type { ExpressionScopes } from '../rules/expression-scopes';
import { idleSince } from '../rules/ordering';
import { channelsWithCapacity, hasToReply } from '../rules/readiness';
import { targetDocument } from '../rules/target-conditions';
import { usesCapacity } from '../rules/transitions';
import type { EntityState } from '../state/entity-state';
import type { QueueMembership } from './queue-membership';
import { ReadyLine, type ReadyWorker } from './ready-line';
import type { WorkerLoad } from './worker-load';

/** What targets and orders read of a worker. */
class WorkerDescription {
  private known: object | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly activity: Activity | undefined,
    private readonly newDocument: () => object,
  ) {}

  /** What targets can look up. It is made on demand, because few workspaces need it. */
  get document(): object {
    this.known ??= this.newDocument();
    return this.known;
  }

  /** Whether it is also true of this row of the worker, in this activity. */
  isOf({ attributes, friendlyName }: Worker, activity: Activity | undefined): boolean {
    const { worker } = this;
    return (
      worker.attributes === attributes && worker.friendlyName === friendlyName && this.activity === activity
    );
  }
}

/** Where a ready worker is, as it was when it was placed there. */
class Placement {
  constructor(
    readonly description: WorkerDescription,
    readonly queues: ReadonlySet<string>,
    /** One for each channel on which the worker is ready. */
    readonly ready: readonly ReadyWorker[],
  ) {}

  on(taskChannelSid: string): ReadyWorker | undefined {
    return this.ready.find((each) => each.taskChannelSid === taskChannelSid);
  }
}

/**
 * Index of the workers that could be offered a task now, by queue and channel, idle longest first. A worker is ready
 * on a channel when its activity is available and, in a multitasking workspace, the channel is available and has room;
 * in a single-tasking one, when it has no pending reservation.
 * Source: https://www.twilio.com/docs/taskrouter/multitasking
 *
 * Changes mark a worker as stale; `refresh` then places it again, once for all its changes.
 */
export class ReadyWorkers {
  /** By queue and channel. A line is made when a queue first has a task on the channel, so that unused pairs cost nothing. */
  private readonly lines = new Map<string, Map<string, ReadyLine>>();
  private readonly placements = new Map<string, Placement>();
  private readonly stale = new Set<string>();
  /** Workers who joined or left a queue since they were placed. */
  private readonly requeued = new Set<string>();

  constructor(
    private readonly state: EntityState,
    private readonly load: WorkerLoad,
    private readonly scopes: ExpressionScopes,
    private readonly membership: QueueMembership,
  ) {
    state.listen('taskQueues', (before, after) => {
      if (before && !after) this.lines.delete(before.sid);
    });
    membership.onChange((workerSid) => {
      this.changed(workerSid);
      this.requeued.add(workerSid);
    });
    state.listen('workers', (before, after) => this.changed((after ?? before)?.sid));
    state.listen('workerChannels', (before, after) => this.changed((after ?? before)?.workerSid));
    state.listen('reservations', (before, after) => {
      if (isLoad(before) || isLoad(after)) this.changed((after ?? before)?.workerSid);
    });
    state.listen('workspaces', (before, after) => {
      if (before && before.multiTaskEnabled !== after?.multiTaskEnabled) this.allChanged(before.sid);
    });
    state.listen('taskChannels', (before, after) => {
      if (before && after) this.allChanged(after.workspaceSid);
    });
    // A new name, which the expression of a target may read. Workers in an unavailable activity are not ready anyway.
    state.listen('activities', (before, after) => {
      if (before && after?.available) this.allChanged(after.workspaceSid);
    });
  }

  private changed(workerSid: string | undefined): void {
    if (workerSid) this.stale.add(workerSid);
  }

  private allChanged(workspaceSid: string): void {
    for (const worker of this.state.all('workers', workspaceSid)) this.stale.add(worker.sid);
  }

  /** Places stale workers again; returns them, and whether each is ready on any channel. */
  refresh(): readonly (readonly [workerSid: string, ready: boolean])[] {
    if (this.stale.size === 0) return none;
    const placed: (readonly [string, boolean])[] = [];
    for (const workerSid of this.stale) placed.push([workerSid, this.place(workerSid)]);
    this.stale.clear();
    if (this.requeued.size > 0) this.requeued.clear();
    return placed;
  }

  isReady(workerSid: string, taskChannelSid: string): boolean {
    return this.placements.get(workerSid)?.on(taskChannelSid) !== undefined;
  }

  /** Channels on which the worker is ready. */
  channels(workerSid: string): string[] {
    return this.placements.get(workerSid)?.ready.map(({ taskChannelSid }) => taskChannelSid) ?? [];
  }

  /** What targets can look up of a ready worker. */
  document(workerSid: string): object {
    return this.placements.get(workerSid)?.description.document ?? {};
  }

  /** The ready workers of a queue on a channel. */
  line(taskQueueSid: string, taskChannelSid: string): ReadyLine {
    return this.lines.get(taskQueueSid)?.get(taskChannelSid) ?? this.newLine(taskQueueSid, taskChannelSid);
  }

  private place(workerSid: string): boolean {
    const before = this.placements.get(workerSid);
    const after = this.placementOf(workerSid, before);
    // Many changes, such as an accepted reservation, leave a worker where it is.
    if (after === before) return after !== undefined;
    // Most others leave it in its queues.
    if (before && before.queues === after?.queues) this.replace(before, after);
    else {
      if (before) this.replace(before, undefined);
      if (after) this.replace(undefined, after);
    }
    if (after) this.placements.set(workerSid, after);
    else this.placements.delete(workerSid);
    return after !== undefined;
  }

  /** Where the worker belongs now: `before` if that is the same, undefined if it is not ready on any channel. */
  private placementOf(workerSid: string, before: Placement | undefined): Placement | undefined {
    const worker = this.state.find('workers', workerSid);
    const activity = worker && this.state.find('activities', worker.activitySid);
    if (!worker || !activity?.available || hasToReply(this.state, this.load, worker)) return undefined;
    const alike = before?.description.isOf(worker, activity) ? before : undefined;
    const ready = this.readyOn(worker, alike);
    if (ready.length === 0) return undefined;
    const queues = this.requeued.has(workerSid) ? undefined : before?.queues;
    if (alike && queues && haveSame(ready, alike.ready)) return alike;
    const description =
      alike?.description ??
      new WorkerDescription(worker, activity, () => targetDocument(this.scopes, worker));
    return new Placement(description, queues ?? new Set(this.membership.queues(workerSid)), ready);
  }

  /** Takes the worker out of the lines where it was and puts it where it is now: in the same queues if both are given. */
  private replace(before: Placement | undefined, after: Placement | undefined): void {
    for (const queue of (before ?? after)?.queues ?? []) {
      for (const [channel, line] of this.lines.get(queue) ?? []) {
        const [left, entered] = [before?.on(channel), after?.on(channel)];
        if (left === entered) continue;
        if (before && left) line.delete(left, before.description);
        if (after && entered) line.add(entered, after.description);
      }
    }
  }

  /** @param alike where the worker is, if it is described alike there: what does not change is kept */
  private readyOn(worker: Worker, alike: Placement | undefined): readonly ReadyWorker[] {
    return channelsWithCapacity(this.state, this.load, worker).map((channel) =>
      this.readyOnChannel(worker, channel, alike),
    );
  }

  private readyOnChannel(
    worker: Worker,
    { taskChannelSid, lastReservedTime }: WorkerChannel,
    alike: Placement | undefined,
  ): ReadyWorker {
    const { channelOptimizedRouting } = this.state.get('taskChannels', taskChannelSid);
    const since = idleSince(worker, channelOptimizedRouting ? lastReservedTime : undefined);
    const present = alike?.on(taskChannelSid);
    if (present?.idleSince === since) return present;
    const { sid: workerSid, sequence, attributes } = worker;
    return { workerSid, taskChannelSid, sequence, idleSince: since, attributes };
  }

  private newLine(taskQueueSid: string, taskChannelSid: string): ReadyLine {
    const line = new ReadyLine((workerSid) => this.document(workerSid));
    for (const workerSid of this.membership.workers(taskQueueSid)) {
      const placement = this.placements.get(workerSid);
      const worker = placement?.on(taskChannelSid);
      if (worker && placement?.queues.has(taskQueueSid)) line.add(worker, placement.description);
    }
    const lines = this.lines.get(taskQueueSid) ?? new Map<string, ReadyLine>();
    this.lines.set(taskQueueSid, lines.set(taskChannelSid, line));
    return line;
  }
}

const none: readonly never[] = [];

const haveSame = (one: readonly ReadyWorker[], other: readonly ReadyWorker[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at]);

/** A reservation that is over is no load, and when it is deleted five minutes later, nothing changes. */
const isLoad = (reservation: Reservation | undefined): boolean =>
  reservation !== undefined && usesCapacity(reservation.status);
