import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '../../src/taskrouter/engine/engine';
import type { Delivery, Entity, Reservation } from '../../src/taskrouter/model/entities';
import { tableNames } from '../../src/taskrouter/model/entities';
import type { Commit } from '../../src/taskrouter/taskrouter';
import { EngineInvariants, statusesAgree } from '../engine/engine-invariants';
import { OutboxAges } from './outbox-ages';
import type { SimulatedDisk } from './simulated-disk';
import { type SimulatedProcess, simulatedOutbox } from './simulated-process';
import type { SimulatedTime } from './simulated-time';
import { behaviorOf, type SimulatedWorkspace } from './workspaces';

/** What never holds for a moment in a service that keeps its promises. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

function insist(holds: boolean, what: string): void {
  if (!holds) throw new Violation(what);
}

const second = 1000;
/** How late the service may be with what is due. */
const lateMs = 5 * second;
/** The longest time that a callback is allowed in the outbox, by its receiver. Slow writes are included. */
const longestMs = { healthy: 15 * second, assignment: 180 * second, untilDropped: 300 * second } as const;

/** Checks every commit when it is announced, the whole state after each step, and everything from time to time. */
export class Invariants {
  private readonly ages = new OutboxAges();
  /** When each pending reservation has to be over, in monotonic milliseconds. */
  private readonly latestEnds = new Map<string, number>();
  private overdueSince: number | null = null;
  private lastDate = 0;
  private lastSequence = 0;

  constructor(
    private readonly time: SimulatedTime,
    private readonly disk: SimulatedDisk,
  ) {}

  /** A new process has loaded its state. */
  restart({ engine, taskRouter }: SimulatedProcess): void {
    this.ages.restart(engine.view.all('deliveries'), this.time.monotonic);
    this.overdueSince = null;
    this.latestEnds.clear();
    for (const reservation of engine.view.all('reservations'))
      this.follow(reservation, taskRouter.clock.now());
  }

  /** Checks what a commit announces: it is on the disk, and its dates are in order. */
  commit({ changes, events }: Commit, process: SimulatedProcess): void {
    this.ages.take(changes, this.time.monotonic);
    for (const { table, sid, after } of changes) {
      if (!after) this.latestEnds.delete(sid);
      if (!after) continue;
      if (table === 'reservations') this.follow(after as Reservation, after.dateUpdated);
      insist(after.dateUpdated >= after.dateCreated, `${sid} was updated before it was created`);
      if (table === 'tasks') this.taskAgrees(process.engine, sid);
    }
    for (const { sid, date, sequence } of events) {
      insist(this.disk.events.get(sid) !== undefined, `event ${sid} is announced before it is durable`);
      insist(date >= this.lastDate, `event ${sid} is dated before the one before it`);
      insist(sequence > this.lastSequence, `event ${sid} is out of sequence`);
      this.lastDate = date;
      this.lastSequence = sequence;
    }
  }

  /** Checks that every acknowledged change is durable. */
  acknowledged(table: (typeof tableNames)[number], result: Entity, { engine }: SimulatedProcess): void {
    const stored = this.disk.find(table, result.sid);
    const isThere = stored !== undefined && stored.dateUpdated >= result.dateUpdated;
    insist(
      isThere || engine.view.find(table, result.sid) === undefined,
      `${result.sid} was acknowledged and lost`,
    );
  }

  /** Checks that nothing is stuck. */
  step(process: SimulatedProcess): void {
    this.deadlinesAreMet(process);
    this.outboxMoves();
    for (const [sid, latest] of this.latestEnds)
      insist(this.time.monotonic <= latest, `reservation ${sid} is pending beyond its timeout`);
  }

  /** Checks indexes, routing, and stored rows against what the rows alone say. Nothing may be in writing. */
  everything(process: SimulatedProcess, workspaces: readonly SimulatedWorkspace[], restored: Engine): void {
    for (const { sid } of workspaces)
      new EngineInvariants({ engine: process.engine, workspaceSid: sid }).checkState();
    for (const table of tableNames) {
      const rows = [...process.engine.view.all(table)];
      insist(this.disk.count(table) === rows.length, `the disk holds other ${table} than the engine`);
      for (const row of rows)
        insist(isDeepStrictEqual(this.disk.find(table, row.sid), row), `${row.sid} on the disk differs`);
    }
    insist(
      restored.nextDeadline() === process.engine.nextDeadline(),
      'a restart would have another deadline',
    );
  }

  /** @param now by the service's clock */
  private follow({ sid, status, onHold, expiresAt }: Reservation, now: number): void {
    if (status !== 'pending' || onHold) this.latestEnds.delete(sid);
    else if (!this.latestEnds.has(sid))
      this.latestEnds.set(sid, this.time.monotonic + expiresAt - now + lateMs);
  }

  private taskAgrees({ view }: Engine, sid: string): void {
    const task = view.find('tasks', sid);
    if (task) insist(statusesAgree(task, view.reservationsOfTask(sid)), `${task.status} task ${sid}`);
  }

  private deadlinesAreMet({ engine, taskRouter, isWriting }: SimulatedProcess): void {
    const next = engine.nextDeadline();
    const isOverdue = next !== null && next <= taskRouter.clock.now() && !isWriting;
    this.overdueSince = isOverdue ? (this.overdueSince ?? this.time.monotonic) : null;
    const late = this.overdueSince === null ? 0 : this.time.monotonic - this.overdueSince;
    insist(late <= lateMs, `a deadline has been overdue for ${late} ms`);
  }

  private outboxMoves(): void {
    const late = this.ages.overdue(this.time.monotonic, longestOf);
    insist(late.length === 0, `callback ${late[0]?.sid} to ${late[0]?.urls[0]} is stuck in the outbox`);
    insist(this.ages.count('event') <= simulatedOutbox.maxCount, 'the outbox holds too many events');
  }
}

function longestOf({ kind, urls: [url = ''] }: Delivery): number {
  if (behaviorOf(url) === 'healthy') return longestMs.healthy;
  return kind === 'assignment' ? longestMs.assignment : simulatedOutbox.maxAgeMs + longestMs.untilDropped;
}
