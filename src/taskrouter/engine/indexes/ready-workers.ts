import type { Reservation, Worker } from '../../model/entities';
import type { ExpressionScopes } from '../rules/expression-scopes';
import { idleSince } from '../rules/ordering';
import { hasCapacity, hasToReply, isAvailable } from '../rules/readiness';
import { targetDocument } from '../rules/target-conditions';
import { usesCapacity } from '../rules/transitions';
import type { EntityState } from '../state/entity-state';
import type { QueueMembership } from './queue-membership';
import { ReadyLine, type ReadyWorker } from './ready-line';
import type { WorkerLoad } from './worker-load';

/** Where a ready worker is, as it was when it was placed there. */
class Placement {
  private known: object | undefined;

  constructor(
    readonly queues: ReadonlySet<string>,
    readonly byChannel: ReadonlyMap<string, ReadyWorker>,
    private readonly newDocument: () => object,
  ) {}

  /** What targets can look up. It is made on demand, because few workspaces need it. */
  get document(): object {
    this.known ??= this.newDocument();
    return this.known;
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

  constructor(
    private readonly state: EntityState,
    private readonly load: WorkerLoad,
    private readonly scopes: ExpressionScopes,
    private readonly membership: QueueMembership,
  ) {
    state.listen('taskQueues', (before, after) => {
      if (before && !after) this.lines.delete(before.sid);
    });
    membership.onChange((workerSid) => this.changed(workerSid));
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
  refresh(): (readonly [workerSid: string, ready: boolean])[] {
    const placed = [...this.stale].map((workerSid) => [workerSid, this.place(workerSid)] as const);
    this.stale.clear();
    return placed;
  }

  isReady(workerSid: string, taskChannelSid: string): boolean {
    return this.placements.get(workerSid)?.byChannel.has(taskChannelSid) ?? false;
  }

  /** Channels on which the worker is ready. */
  channels(workerSid: string): Iterable<string> {
    return this.placements.get(workerSid)?.byChannel.keys() ?? [];
  }

  /** What targets can look up of a ready worker. */
  document(workerSid: string): object {
    return this.placements.get(workerSid)?.document ?? {};
  }

  /** The ready workers of a queue on a channel. */
  line(taskQueueSid: string, taskChannelSid: string): ReadyLine {
    return this.lines.get(taskQueueSid)?.get(taskChannelSid) ?? this.newLine(taskQueueSid, taskChannelSid);
  }

  private place(workerSid: string): boolean {
    const before = this.placements.get(workerSid);
    if (before) this.eachLine(before, (line, worker) => line.delete(worker));
    const worker = this.state.find('workers', workerSid);
    const byChannel = worker ? this.readyOn(worker) : new Map<string, ReadyWorker>();
    if (!worker || byChannel.size === 0) {
      this.placements.delete(workerSid);
      return false;
    }
    const queues = new Set(this.membership.queues(workerSid));
    const placement = new Placement(queues, byChannel, () => targetDocument(this.scopes, worker));
    this.placements.set(workerSid, placement);
    this.eachLine(placement, (line, each) => line.add(each));
    return true;
  }

  private eachLine(
    { queues, byChannel }: Placement,
    visit: (line: ReadyLine, worker: ReadyWorker) => void,
  ): void {
    for (const queue of queues) {
      for (const [channel, line] of this.lines.get(queue) ?? []) {
        const worker = byChannel.get(channel);
        if (worker) visit(line, worker);
      }
    }
  }

  private readyOn(worker: Worker): Map<string, ReadyWorker> {
    const ready = new Map<string, ReadyWorker>();
    if (!isAvailable(this.state, worker) || hasToReply(this.state, this.load, worker)) return ready;
    const { sid: workerSid, sequence, attributes } = worker;
    for (const channel of this.load.channels(workerSid)) {
      if (!hasCapacity(this.state, this.load, channel)) continue;
      const { channelOptimizedRouting } = this.state.get('taskChannels', channel.taskChannelSid);
      const since = idleSince(worker, channelOptimizedRouting ? channel.lastReservedTime : undefined);
      ready.set(channel.taskChannelSid, { workerSid, sequence, idleSince: since, attributes });
    }
    return ready;
  }

  private newLine(taskQueueSid: string, taskChannelSid: string): ReadyLine {
    const line = new ReadyLine((workerSid) => this.document(workerSid));
    for (const workerSid of this.membership.workers(taskQueueSid)) {
      const placement = this.placements.get(workerSid);
      const worker = placement?.byChannel.get(taskChannelSid);
      if (worker && placement?.queues.has(taskQueueSid)) line.add(worker);
    }
    const lines = this.lines.get(taskQueueSid) ?? new Map<string, ReadyLine>();
    this.lines.set(taskQueueSid, lines.set(taskChannelSid, line));
    return line;
  }
}

/** A reservation that is over is no load, and when it is deleted five minutes later, nothing changes. */
const isLoad = (reservation: Reservation | undefined): boolean =>
  reservation !== undefined && usesCapacity(reservation.status);
