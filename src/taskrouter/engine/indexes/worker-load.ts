import type { Reservation, WorkerChannel } from '../../model/entities';
import { usesCapacity } from '../rules/transitions';
import type { EntityState } from '../state/entity-state';

interface Use {
  assigned: number;
  used: number;
}

/** What the index knows of one worker. */
interface Load {
  readonly reservations: Map<string, Reservation>;
  /** By sid of the task channel. */
  readonly channels: Map<string, WorkerChannel>;
  /** By sid of the task channel; without an entry, nothing is used. */
  readonly uses: Map<string, Use>;
  pending: number;
}

const unused: Readonly<Use> = { assigned: 0, used: 0 };

/**
 * Index of the load of each worker: reservations by worker and by task, and the use of each channel.
 * Source: https://www.twilio.com/docs/taskrouter/multitasking
 */
export class WorkerLoad {
  private readonly workers = new Map<string, Load>();
  /** In order of creation. Lists, because nearly every task has one reservation. */
  private readonly byTask = new Map<string, Reservation[]>();

  constructor(state: EntityState) {
    state.listen('reservations', (before, after) => {
      const reservation = after ?? before;
      if (!reservation) return;
      const load = this.of(reservation.workerSid);
      if (before?.status !== after?.status) {
        if (before) count(load, before, -1);
        if (after) count(load, after, 1);
      }
      setIn(load.reservations, reservation.sid, after);
      this.placeInTask(reservation, after);
      this.forgetUnused(reservation.workerSid, load);
    });
    state.listen('workerChannels', (before, after) => {
      const channel = after ?? before;
      if (!channel) return;
      const load = this.of(channel.workerSid);
      setIn(load.channels, channel.taskChannelSid, after);
      this.forgetUnused(channel.workerSid, load);
    });
  }

  ofWorker(workerSid: string): readonly Reservation[] {
    return inOrder(this.workers.get(workerSid)?.reservations);
  }

  ofTask(taskSid: string): readonly Reservation[] {
    return this.byTask.get(taskSid)?.slice() ?? [];
  }

  channels(workerSid: string): readonly WorkerChannel[] {
    return inOrder(this.workers.get(workerSid)?.channels);
  }

  channel(workerSid: string, taskChannelSid: string): WorkerChannel | undefined {
    return this.workers.get(workerSid)?.channels.get(taskChannelSid);
  }

  /** How many pending reservations the worker has. */
  pending(workerSid: string): number {
    return this.workers.get(workerSid)?.pending ?? 0;
  }

  /** A unit is used while pending, accepted or wrapping; `assigned_tasks` counts accepted ones only. */
  use({ workerSid, taskChannelSid }: WorkerChannel): Readonly<Use> {
    return this.workers.get(workerSid)?.uses.get(taskChannelSid) ?? unused;
  }

  hasRoom(channel: WorkerChannel): boolean {
    return channel.available && this.use(channel).used < channel.configuredCapacity;
  }

  /** floor((1 - used / configured) * 100); 0 when nothing is configured, never below 0 (our choice). */
  availableCapacityPercentage(channel: WorkerChannel): number {
    if (channel.configuredCapacity === 0) return 0;
    const { configuredCapacity } = channel;
    // In integers: the formula as written gives 9 % instead of 10 % for 1 - 0.9.
    return Math.max(
      0,
      Math.floor((100 * (configuredCapacity - this.use(channel).used)) / configuredCapacity),
    );
  }

  private of(workerSid: string): Load {
    let load = this.workers.get(workerSid);
    if (!load) {
      load = { reservations: new Map(), channels: new Map(), uses: new Map(), pending: 0 };
      this.workers.set(workerSid, load);
    }
    return load;
  }

  private forgetUnused(workerSid: string, { reservations, channels }: Load): void {
    if (reservations.size + channels.size === 0) this.workers.delete(workerSid);
  }

  private placeInTask({ sid, taskSid }: Reservation, after: Reservation | undefined): void {
    const reservations = this.byTask.get(taskSid);
    const index = reservations?.findLastIndex((each) => each.sid === sid) ?? -1;
    if (!reservations) {
      if (after) this.byTask.set(taskSid, [after]);
    } else if (!after) {
      if (index >= 0) reservations.splice(index, 1);
      if (reservations.length === 0) this.byTask.delete(taskSid);
    } else if (index >= 0) {
      reservations[index] = after;
    } else {
      reservations.push(after);
      // Only an undone removal puts an older reservation after a newer one.
      if (after.sequence < (reservations.at(-2)?.sequence ?? 0)) reservations.sort(byCreation);
    }
  }
}

/** In order of creation, even after a removal was undone. */
const inOrder = <Row extends { readonly sequence: number }>(
  rows: ReadonlyMap<string, Row> | undefined,
): Row[] => [...(rows?.values() ?? [])].sort(byCreation);

const byCreation = (left: { readonly sequence: number }, right: { readonly sequence: number }) =>
  left.sequence - right.sequence;

function count(load: Load, { status, taskChannelSid }: Reservation, step: 1 | -1): void {
  if (!usesCapacity(status)) return;
  if (status === 'pending') load.pending += step;
  let use = load.uses.get(taskChannelSid);
  if (!use) {
    use = { assigned: 0, used: 0 };
    load.uses.set(taskChannelSid, use);
  }
  use.used += step;
  if (status === 'accepted') use.assigned += step;
}

/** Sets or removes an entry. */
function setIn<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
