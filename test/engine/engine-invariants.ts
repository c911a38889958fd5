import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '../../src/taskrouter/engine/engine';
import { compareTasks } from '../../src/taskrouter/engine/rules/ordering';
import { type Reservation, type Task, tableNames } from '../../src/taskrouter/model/entities';
import type { TaskRouterEvent } from '../../src/taskrouter/model/events';
import { isLive, NaiveMatching } from './naive-matching';

/** By status of the task: the number of its reservations that are pending, accepted, and wrapping. */
const consistent: Record<string, (pending: number, accepted: number, wrapping: number) => boolean> = {
  pending: (pending, accepted, wrapping) => pending + accepted + wrapping === 0,
  reserved: (pending, accepted, wrapping) => pending > 0 && accepted + wrapping === 0,
  assigned: (pending, accepted, wrapping) => accepted === 1 && pending + wrapping === 0,
  wrapping: (pending, accepted, wrapping) => wrapping === 1 && pending + accepted === 0,
  completed: (pending, accepted, wrapping) => pending + accepted + wrapping === 0,
  canceled: (pending, accepted, wrapping) => pending + accepted + wrapping === 0,
};

/** `expect` is too slow for so many checks. */
function insist(holds: boolean | undefined, what: string): void {
  if (!holds) throw new Error(`it does not hold: ${what}`);
}

/** The same for a task that has been transferred: several workers can have it, also while it is offered to others. */
const consistentAfterTransfer: typeof consistent = {
  ...consistent,
  pending: (pending) => pending === 0,
  reserved: (pending) => pending > 0,
  assigned: (pending, accepted) => pending === 0 && accepted > 0,
  wrapping: (pending, accepted, wrapping) => pending + accepted === 0 && wrapping > 0,
};

/** Whether a task's status fits the statuses of its reservations. */
export function statusesAgree(
  { status }: Task,
  reservations: readonly Reservation[],
  wasTransferred = false,
): boolean {
  const count = (wanted: string) => reservations.filter((each) => each.status === wanted).length;
  const rules = wasTransferred ? consistentAfterTransfer : consistent;
  return rules[status]?.(count('pending'), count('accepted'), count('wrapping')) ?? false;
}

/** An engine, and the workspace to check in it. */
interface Subject {
  readonly engine: Engine;
  readonly workspaceSid: string;
}

/** Checks what must hold after every command in one workspace. */
export class EngineInvariants {
  private readonly ends = new Map<string, string>();
  private lastDate = 0;

  constructor(private readonly bench: Subject) {}

  /**
   * @throws Error when an invariant does not hold. `before` are the tasks before the command; null when deadlines passed
   * first, because the offers may have changed since.
   */
  check(events: readonly TaskRouterEvent[], before: readonly Task[] | null): void {
    const naive = this.checkState();
    insist(this.bench.engine.nextDeadline() === naive.nextDeadline(), 'next deadline');
    this.endsAreFinal(naive, events);
    if (before) this.offersAreFair(naive, events, before);
    for (const { date } of events) {
      insist(date >= this.lastDate, 'an event is dated before the one before');
      this.lastDate = date;
    }
  }

  /** Checks what the rows alone say, without the events. @throws Error when an invariant does not hold */
  checkState(): NaiveMatching {
    const naive = new NaiveMatching(this.bench.engine.view, this.bench.workspaceSid);
    const missed = naive.missedMatches();
    insist(missed.length === 0, missed.join());
    this.statesAgree(naive);
    this.indexesAgree(naive);
    this.countsAgree();
    this.callsAgree(naive);
    return naive;
  }

  private statesAgree(naive: NaiveMatching): void {
    for (const task of naive.tasks) {
      const own = naive.reservations.filter(({ taskSid }) => taskSid === task.sid);
      const count = (status: string) => own.filter((each) => each.status === status).length;
      const [pending, accepted, wrapping] = [count('pending'), count('accepted'), count('wrapping')];
      const what = `${task.status} task ${task.sid} with ${own.map(({ status }) => status)}`;
      const transfers = naive.transfers.filter(({ taskSid }) => taskSid === task.sid);
      insist(statusesAgree(task, own, transfers.length > 0), what);
      const open = transfers.filter((each) => each.status === 'initiated').map(({ sid }) => sid);
      insist(
        open.join() === (task.transferSid ?? ''),
        `${task.status} task ${task.sid} with transfers ${open}`,
      );
      insist(open.length === 0 || /^(pending|reserved)$/.test(task.status), `in transfer: ${what}`);
      const queue = naive.queues.find(({ sid }) => sid === task.taskQueueSid);
      insist(pending <= (queue?.maxReservedWorkers ?? 0), `too many offered: ${what}`);
      const done = accepted + wrapping + count('completed');
      insist(transfers.length > 0 || done <= 1, `accepted twice: ${what}`);
    }
  }

  private countsAgree(): void {
    const { view } = this.bench.engine;
    for (const table of tableNames)
      insist(view.count(table) === [...view.all(table)].length, `count of ${table}`);
    const [oldest, ...others] = view.all('deliveries');
    const waiting = oldest ? [oldest, ...others] : [];
    const { assignments, events, oldest: since } = view.outbox();
    insist(
      assignments === waiting.filter(({ kind }) => kind === 'assignment').length,
      'assignment callbacks',
    );
    insist(events === waiting.filter(({ kind }) => kind === 'event').length, 'event callbacks');
    insist(since === (oldest?.dateCreated ?? null), 'oldest callback');
    const byStatus: Record<string, number> = {};
    for (const { status } of view.all('tasks')) byStatus[status] = (byStatus[status] ?? 0) + 1;
    insist(isDeepStrictEqual(view.tasksByStatus(), byStatus), 'tasks by status');
    const byAvailability = { available: 0, unavailable: 0 };
    for (const { activitySid } of view.all('workers'))
      byAvailability[view.find('activities', activitySid)?.available ? 'available' : 'unavailable'] += 1;
    insist(isDeepStrictEqual(view.workersByAvailability(), byAvailability), 'workers by availability');
  }

  private indexesAgree(naive: NaiveMatching): void {
    const { view } = this.bench.engine;
    for (const worker of naive.workers) {
      for (const queue of naive.queues) {
        const agrees = view.isInQueue(worker.sid, queue.sid) === naive.isInQueue(worker, queue);
        insist(agrees, `${worker.friendlyName} in ${queue.friendlyName}`);
      }
      for (const channel of view.channelsOfWorker(worker.sid)) {
        const { used, assigned } = view.useOfChannel(channel);
        const expected = naive.use(worker.sid, channel.taskChannelSid);
        insist(used === expected.used && assigned === expected.assigned, `use of channel ${channel.sid}`);
      }
      const own = naive.reservations.filter(({ workerSid }) => workerSid === worker.sid);
      const listed = view.reservationsOfWorker(worker.sid);
      insist(listed.length === own.length && own.every((each, at) => each === listed[at]), 'reservations');
    }
  }

  /** A reservation is on hold while its worker is called into a conference. No phone rings for an offer that has ended. */
  private callsAgree(naive: NaiveMatching): void {
    const calls = [...this.bench.engine.view.all('calls', this.bench.workspaceSid)];
    for (const call of calls) {
      const reservation = naive.reservations.find(({ sid }) => sid === call.reservationSid);
      insist(reservation !== undefined, `call ${call.sid} is about nothing`);
      if (call.instruction !== 'dequeue' && call.instruction !== 'conference') continue;
      const over = ['rejected', 'timeout', 'canceled', 'rescinded'].includes(reservation?.status ?? '');
      insist(!over, `call ${call.sid} goes on for a reservation that is ${reservation?.status}`);
    }
    for (const { sid, status, onHold } of naive.reservations) {
      const rings = calls.some(
        (call) =>
          call.reservationSid === sid && call.instruction === 'conference' && call.answeredAt === null,
      );
      insist(
        onHold === rings,
        `${sid} is ${onHold ? '' : 'not '}on hold, and its worker is ${rings ? '' : 'not '}called`,
      );
      insist(!onHold || status === 'pending', `${status} reservation ${sid} is on hold`);
    }
  }

  /** Tasks and reservations end once and do not change afterwards. */
  private endsAreFinal(naive: NaiveMatching, events: readonly TaskRouterEvent[]): void {
    for (const { type, resourceSid } of events) {
      if (
        !/^(task\.(canceled|completed)|reservation\.(rejected|timeout|canceled|rescinded|completed))$/.test(
          type,
        )
      )
        continue;
      insist(!this.ends.has(resourceSid), `${resourceSid} ended twice`);
      this.ends.set(resourceSid, type.slice(type.indexOf('.') + 1));
    }
    for (const { sid, status } of [...naive.tasks, ...naive.reservations]) {
      const end = this.ends.get(sid);
      insist(end === undefined || status === end, `${sid} ended as ${end} and is ${status}`);
    }
  }

  private offersAreFair(
    naive: NaiveMatching,
    events: readonly TaskRouterEvent[],
    before: readonly Task[],
  ): void {
    const made = new Set(
      events.filter(({ type }) => type === 'reservation.created').map(({ resourceSid }) => resourceSid),
    );
    for (const offer of naive.reservations.filter(({ sid }) => made.has(sid))) {
      const task = this.bench.engine.view.find('tasks', offer.taskSid);
      if (!task || isForOneWorker(task)) continue;
      this.hasRoom(naive, offer);
      this.isBestTask(naive, task, before);
    }
  }

  /** An offer never exceeds capacity. Single-tasking workers have one reservation at a time. */
  private hasRoom(naive: NaiveMatching, offer: Reservation): void {
    const { view } = this.bench.engine;
    const ofWorker = naive.reservations.filter(({ workerSid }) => workerSid === offer.workerSid);
    if (!view.find('workspaces', offer.workspaceSid)?.multiTaskEnabled) {
      const pending = ofWorker.filter(({ status }) => status === 'pending').length;
      insist(pending === 1, `a single-tasking worker has ${pending} offers`);
      return;
    }
    const channel = view
      .channelsOfWorker(offer.workerSid)
      .find(({ taskChannelSid }) => taskChannelSid === offer.taskChannelSid);
    const used = ofWorker.filter(
      (each) => isLive(each) && each.taskChannelSid === offer.taskChannelSid,
    ).length;
    insist(used <= (channel?.configuredCapacity ?? 0), `${used} on channel ${channel?.sid}`);
  }

  /** No task was passed over that waited in the same queue all along and that any worker of the queue may take. */
  private isBestTask(naive: NaiveMatching, offered: Task, before: readonly Task[]): void {
    const { taskOrder = 'FIFO' } = naive.queues.find(({ sid }) => sid === offered.taskQueueSid) ?? {};
    for (const task of naive.tasks) {
      const earlier = before.find(({ sid }) => sid === task.sid);
      const waited = [earlier, task].every((each) => each?.status === 'pending' && each.heldUntil === null);
      if (!waited || earlier?.taskQueueSid !== task.taskQueueSid) continue;
      if (task.taskQueueSid !== offered.taskQueueSid || task.taskChannelSid !== offered.taskChannelSid)
        continue;
      const { expression, known_worker_friendly_name } = naive.targetOf(task);
      if (expression || known_worker_friendly_name) continue;
      if (isForOneWorker(task)) continue;
      insist(compareTasks(taskOrder, offered, task) < 0, `${offered.sid} was offered before ${task.sid}`);
    }
  }
}

const isForOneWorker = ({ step }: Task): boolean => step.kind === 'direct' && step.workerSid !== null;
