import BTree from 'sorted-btree';
import type { Worker } from '../../model/entities';
import { idleSince } from '../rules/ordering';
import { hasCapacity, hasToReply, isAvailable } from '../rules/readiness';
import type { EntityState } from '../state/entity-state';
import type { QueueMembership } from './queue-membership';
import type { WorkerLoad } from './worker-load';

/** Idle longest first; ties by creation. */
type IdleKey = readonly [since: number, sequence: number, workerSid: string];

const compareIdle = (left: IdleKey, right: IdleKey) => left[0] - right[0] || left[1] - right[1];

interface Placement {
  readonly queues: ReadonlySet<string>;
  readonly keys: ReadonlyMap<string, IdleKey>;
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
  private readonly trees = new Map<string, BTree<IdleKey, true>>();
  private readonly placements = new Map<string, Placement>();
  private readonly stale = new Set<string>();

  constructor(
    private readonly state: EntityState,
    private readonly load: WorkerLoad,
    private readonly membership: QueueMembership,
  ) {
    membership.onChange((workerSid) => this.changed(workerSid));
    state.listen('workers', (before, after) => this.changed((after ?? before)?.sid));
    state.listen('workerChannels', (before, after) => this.changed((after ?? before)?.workerSid));
    state.listen('reservations', (before, after) => this.changed((after ?? before)?.workerSid));
    state.listen('workspaces', (before, after) => {
      if (before && before.multiTaskEnabled !== after?.multiTaskEnabled) this.allChanged(before.sid);
    });
    state.listen('taskChannels', (before, after) => {
      if (before && after) this.allChanged(after.workspaceSid);
    });
    // A new name, which the expression of a target may read.
    state.listen('activities', (before, after) => {
      if (before && after) this.allChanged(after.workspaceSid);
    });
  }

  private changed(workerSid: string | undefined): void {
    if (workerSid) this.stale.add(workerSid);
  }

  private allChanged(workspaceSid: string): void {
    for (const worker of this.state.all('workers', workspaceSid)) this.stale.add(worker.sid);
  }

  /** Places stale workers again and returns the ready ones. */
  refresh(): string[] {
    const ready: string[] = [];
    for (const workerSid of this.stale) if (this.place(workerSid)) ready.push(workerSid);
    this.stale.clear();
    return ready;
  }

  isReady(workerSid: string, taskChannelSid: string): boolean {
    return this.placements.get(workerSid)?.keys.has(taskChannelSid) ?? false;
  }

  /** Channels on which the worker is ready. */
  channels(workerSid: string): Iterable<string> {
    return this.placements.get(workerSid)?.keys.keys() ?? [];
  }

  /** Sids of the ready workers of a queue, idle longest first. */
  *of(taskQueueSid: string, taskChannelSid: string): Iterable<string> {
    for (const [, , workerSid] of this.tree(taskQueueSid, taskChannelSid).keys()) yield workerSid;
  }

  private place(workerSid: string): boolean {
    const before = this.placements.get(workerSid);
    if (before) this.eachTree(before, (tree, key) => tree.delete(key));
    const worker = this.state.find('workers', workerSid);
    const keys = worker ? this.idleKeys(worker) : new Map<string, IdleKey>();
    if (keys.size === 0) {
      this.placements.delete(workerSid);
      return false;
    }
    const placement = { queues: new Set(this.membership.queues(workerSid)), keys };
    this.placements.set(workerSid, placement);
    this.eachTree(placement, (tree, key) => tree.set(key, true));
    return true;
  }

  private eachTree(placement: Placement, visit: (tree: BTree<IdleKey, true>, key: IdleKey) => void): void {
    for (const queue of placement.queues) {
      for (const [channel, key] of placement.keys) {
        const tree = this.trees.get(queue + channel);
        if (tree) visit(tree, key);
      }
    }
  }

  private idleKeys(worker: Worker): Map<string, IdleKey> {
    const keys = new Map<string, IdleKey>();
    if (!isAvailable(this.state, worker) || hasToReply(this.state, this.load, worker)) return keys;
    for (const channel of this.load.channels(worker.sid)) {
      if (!hasCapacity(this.state, this.load, channel)) continue;
      const taskChannel = this.state.get('taskChannels', channel.taskChannelSid);
      const since = idleSince(
        worker,
        taskChannel.channelOptimizedRouting ? channel.lastReservedTime : undefined,
      );
      keys.set(channel.taskChannelSid, [since, worker.sequence, worker.sid]);
    }
    return keys;
  }

  /** Made when a queue first has a task on the channel, so that unused pairs cost nothing. */
  private tree(taskQueueSid: string, taskChannelSid: string): BTree<IdleKey, true> {
    let tree = this.trees.get(taskQueueSid + taskChannelSid);
    if (!tree) {
      tree = new BTree<IdleKey, true>([], compareIdle);
      for (const workerSid of this.membership.workers(taskQueueSid)) {
        const key = this.placements.get(workerSid)?.keys.get(taskChannelSid);
        if (key) tree.set(key, true);
      }
      this.trees.set(taskQueueSid + taskChannelSid, tree);
    }
    return tree;
  }
}
