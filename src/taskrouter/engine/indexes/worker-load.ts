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
  channels: Rows<WorkerChannel>;
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
  /** Lists, because nearly every task has one reservation. */
  private readonly byTask = new Map<string, Rows<Reservation>>();

  constructor(state: EntityState) {
    state.listen('reservations', (before, after) => {
      const reservation = after ?? before;
      if (!reservation) return;
      const load = this.of(reservation.workerSid);
      if (before?.status !== after?.status) {
        if (before) count(load, before, -1);
        if (after) count(load, after, 1);
      }
      if (after) load.reservations.set(after.sid, after);
      else load.reservations.delete(reservation.sid);
      this.placeInTask(reservation, after);
      this.forgetUnused(reservation.workerSid, load);
    });
    state.listen('workerChannels', (before, after) => {
      const channel = after ?? before;
      if (!channel) return;
      const load = this.of(channel.workerSid);
      load.channels = placed(load.channels, channel.sid, after);
      this.forgetUnused(channel.workerSid, load);
    });
  }

  ofWorker(workerSid: string): readonly Reservation[] {
    // An undone removal puts an older reservation after a newer one.
    return [...(this.workers.get(workerSid)?.reservations.values() ?? [])].sort(byCreation);
  }

  ofTask(taskSid: string): readonly Reservation[] {
    return this.byTask.get(taskSid) ?? none;
  }

  /** Those that use capacity. */
  openOfTask(taskSid: string): readonly Reservation[] {
    const reservations = this.ofTask(taskSid);
    return reservations.every(isOpen) ? reservations : reservations.filter(isOpen);
  }

  channels(workerSid: string): readonly WorkerChannel[] {
    return this.workers.get(workerSid)?.channels ?? none;
  }

  channel(workerSid: string, taskChannelSid: string): WorkerChannel | undefined {
    return this.workers.get(workerSid)?.channels.find((each) => each.taskChannelSid === taskChannelSid);
  }

  /** How many pending reservations the worker has. */
  pending(workerSid: string): number {
    return this.workers.get(workerSid)?.pending ?? 0;
  }

  /** A unit is used while pending, accepted or wrapping; `assigned_tasks` counts accepted ones only. */
  use({ workerSid, taskChannelSid }: WorkerChannel): Readonly<Use> {
    return this.workers.get(workerSid)?.uses.get(taskChannelSid) ?? unused;
  }

  channelsWithRoom(workerSid: string): readonly WorkerChannel[] {
    const load = this.workers.get(workerSid);
    return load?.channels.filter((channel) => hasRoom(load, channel)) ?? none;
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
      load = { reservations: new Map(), channels: none, uses: new Map(), pending: 0 };
      this.workers.set(workerSid, load);
    }
    return load;
  }

  private forgetUnused(workerSid: string, { reservations, channels }: Load): void {
    if (reservations.size + channels.length === 0) this.workers.delete(workerSid);
  }

  private placeInTask({ sid, taskSid }: Reservation, after: Reservation | undefined): void {
    const reservations = placed(this.byTask.get(taskSid) ?? none, sid, after);
    if (reservations.length > 0) this.byTask.set(taskSid, reservations);
    else this.byTask.delete(taskSid);
  }
}

const hasRoom = ({ uses }: Load, { taskChannelSid, available, configuredCapacity }: WorkerChannel): boolean =>
  available && (uses.get(taskChannelSid)?.used ?? 0) < configuredCapacity;

const isOpen = ({ status }: Reservation): boolean => usesCapacity(status);

const byCreation = (left: Row, right: Row) => left.sequence - right.sequence;

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

interface Row {
  readonly sid: string;
  readonly sequence: number;
}

/**
 * A short list in order of creation. It never changes: a write makes another, so that readers need no copies, which are
 * far more frequent than writes.
 */
type Rows<R extends Row> = readonly R[];

const none: Rows<never> = [];

/** The list with the row set, or without it. */
function placed<R extends Row>(rows: Rows<R>, sid: string, after: R | undefined): Rows<R> {
  if (!after) return rows.filter((each) => each.sid !== sid);
  const copy = rows.slice();
  const index = rows.findIndex((each) => each.sid === sid);
  if (index >= 0) {
    copy[index] = after;
    return copy;
  }
  copy.push(after);
  const isNewest = after.sequence > (rows.at(-1)?.sequence ?? 0);
  // Only an undone removal puts an older row after a newer one.
  return isNewest ? copy : copy.sort(byCreation);
}
