import type { Reservation, WorkerChannel } from '../../model/entities';
import { usesCapacity } from '../rules/transitions';
import type { EntityState } from '../state/entity-state';

interface Use {
  assigned: number;
  used: number;
}

/**
 * Index of the load of each worker: reservations by worker and by task, and the use of each channel.
 * Source: https://www.twilio.com/docs/taskrouter/multitasking
 */
export class WorkerLoad {
  private readonly byWorker = new Map<string, Map<string, Reservation>>();
  private readonly byTask = new Map<string, Map<string, Reservation>>();
  private readonly workerChannels = new Map<string, Map<string, WorkerChannel>>();
  private readonly pendingOf = new Map<string, number>();
  private readonly uses = new Map<string, Use>();

  constructor(state: EntityState) {
    state.listen('reservations', (before, after) => {
      if (before) this.count(before, -1);
      if (after) this.count(after, 1);
      this.place(before, after);
    });
    state.listen('workerChannels', (before, after) => {
      const channel = after ?? before;
      if (channel) setIn(this.workerChannels, channel.workerSid, channel.taskChannelSid, after);
    });
  }

  ofWorker(workerSid: string): readonly Reservation[] {
    return inOrder(this.byWorker.get(workerSid));
  }

  ofTask(taskSid: string): readonly Reservation[] {
    return inOrder(this.byTask.get(taskSid));
  }

  channels(workerSid: string): readonly WorkerChannel[] {
    return inOrder(this.workerChannels.get(workerSid));
  }

  channel(workerSid: string, taskChannelSid: string): WorkerChannel | undefined {
    return this.workerChannels.get(workerSid)?.get(taskChannelSid);
  }

  /** How many pending reservations the worker has. */
  pending(workerSid: string): number {
    return this.pendingOf.get(workerSid) ?? 0;
  }

  /** A unit is used while pending, accepted or wrapping; `assigned_tasks` counts accepted ones only. */
  use(channel: WorkerChannel): Readonly<Use> {
    return this.uses.get(useKey(channel.workerSid, channel.taskChannelSid)) ?? { assigned: 0, used: 0 };
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

  private place(before: Reservation | undefined, after: Reservation | undefined): void {
    const reservation = after ?? before;
    if (!reservation) return;
    setIn(this.byWorker, reservation.workerSid, reservation.sid, after);
    setIn(this.byTask, reservation.taskSid, reservation.sid, after);
  }

  private count(reservation: Reservation, step: 1 | -1): void {
    if (!usesCapacity(reservation.status)) return;
    const key = useKey(reservation.workerSid, reservation.taskChannelSid);
    const use = this.uses.get(key) ?? { assigned: 0, used: 0 };
    use.used += step;
    if (reservation.status === 'accepted') use.assigned += step;
    if (use.used === 0) this.uses.delete(key);
    else this.uses.set(key, use);
    if (reservation.status === 'pending') {
      this.pendingOf.set(reservation.workerSid, this.pending(reservation.workerSid) + step);
    }
  }
}

/** In order of creation, even after a removal was undone. */
const inOrder = <Row extends { readonly sequence: number }>(
  rows: ReadonlyMap<string, Row> | undefined,
): Row[] => [...(rows?.values() ?? [])].sort((left, right) => left.sequence - right.sequence);

const useKey = (workerSid: string, taskChannelSid: string) => workerSid + taskChannelSid;

/** Sets or removes an entry of a map of maps; an empty inner map is dropped. */
function setIn<V>(
  map: Map<string, Map<string, V>>,
  outer: string,
  inner: string,
  value: V | undefined,
): void {
  const entries = map.get(outer) ?? new Map<string, V>();
  if (value === undefined) entries.delete(inner);
  else entries.set(inner, value);
  if (entries.size === 0) map.delete(outer);
  else map.set(outer, entries);
}
