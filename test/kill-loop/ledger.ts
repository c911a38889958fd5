import { limits } from '../../src/common/limits';
import type { Entity } from '../../src/taskrouter/model/entities';
import type { StoredEvent, StoredState } from '../support/stored-state';

/** A number that one client writes into one resource, higher each time. */
interface Register {
  acknowledged: number;
  sent: number;
}

/** What the service has acknowledged, and therefore must not lose. */
export class Ledger {
  /** The number of acknowledged writes. */
  acknowledged = 0;
  /** By type and sid of the resource: how many such events there must be. */
  private readonly events = new Map<string, number>();
  private readonly registers = new Map<string, Register>();
  private readonly deleted = new Set<string>();

  /** An acknowledged write that has caused an event. */
  expectEvent(type: string, resourceSid: string): void {
    const key = `${type} ${resourceSid}`;
    this.acknowledged += 1;
    this.events.set(key, (this.events.get(key) ?? 0) + 1);
  }

  /** An acknowledged deletion. */
  expectDeletion(type: string, sid: string): void {
    this.expectEvent(type, sid);
    this.deleted.add(sid);
  }

  /** The next number to write into a resource. */
  send(sid: string): number {
    const register = this.registers.get(sid) ?? { acknowledged: 0, sent: 0 };
    this.registers.set(sid, register);
    register.sent += 1;
    return register.sent;
  }

  acknowledge(sid: string, value: number): void {
    this.acknowledged += 1;
    const register = this.registers.get(sid);
    if (register) register.acknowledged = value;
  }

  /** What was acknowledged and is not there, one line each. */
  lost(state: StoredState): string[] {
    const counts = countEvents(state);
    const events = [...this.events].filter(([key, count]) => (counts.get(key) ?? 0) < count);
    const rows = new Map<string, Entity>(writtenTables(state).map((row) => [row.sid, row]));
    const wrong = [...this.registers].filter(([sid, { acknowledged, sent }]) => {
      const value = rows.has(sid) ? numberIn(rows.get(sid) as Entity) : null;
      return value !== null && (value < acknowledged || value > sent);
    });
    const back = [...this.deleted].filter((sid) => rows.has(sid));
    return [
      ...events.map(([key, count]) => `${count} times ${key}`),
      ...wrong.map(([sid, { acknowledged }]) => `${acknowledged} in ${sid}`),
      ...back.map((sid) => `the deletion of ${sid}`),
      ...this.vanished(rows, state),
    ];
  }

  /** Forgets what a torn log has taken along. @returns how many writes these were at least */
  rollBack(state: StoredState): number {
    const { length } = this.lost(state);
    const counts = countEvents(state);
    for (const [key, count] of this.events) this.events.set(key, Math.min(count, counts.get(key) ?? 0));
    for (const row of writtenTables(state)) {
      this.deleted.delete(row.sid);
      const register = this.registers.get(row.sid);
      if (register) register.acknowledged = Math.min(register.acknowledged, numberIn(row));
    }
    const kept = new Set(writtenTables(state).map(({ sid }) => sid));
    for (const sid of this.registers.keys()) if (!kept.has(sid)) this.registers.delete(sid);
    return length;
  }

  /** Resources with a register that are gone although nobody deleted them. */
  private vanished(rows: ReadonlyMap<string, Entity>, { events }: StoredState): string[] {
    const gone = new Set(
      events.filter(isEndOfTask(events.at(-1)?.date ?? 0)).map(({ resourceSid }) => resourceSid),
    );
    return [...this.registers.keys()]
      .filter((sid) => !rows.has(sid) && !gone.has(sid))
      .map((sid) => `the resource ${sid}`);
  }
}

/** The last event may be that much older than the last write. In milliseconds. */
const quietMs = 10_000;

/** Whether a task is gone at this time because of an event: it was deleted, or finished long enough ago. */
function isEndOfTask(now: number): (event: StoredEvent) => boolean {
  const finishedBefore = now + quietMs - limits.finishedTaskRetentionMs;
  return ({ type, date }) =>
    ['task.deleted', 'task.system-deleted'].includes(type) ||
    (['task.completed', 'task.canceled'].includes(type) && date < finishedBefore);
}

/** The rows in which clients write numbers. */
function writtenTables({ rows }: StoredState): readonly Entity[] {
  return [...rows.tasks, ...rows.workers, ...rows.taskQueues];
}

/** In the attributes, or at the end of the name. */
function numberIn(row: Entity): number {
  if ('attributes' in row) return Number(row.attributes.value.number ?? 0);
  return Number(/ (\d+)$/.exec('friendlyName' in row ? row.friendlyName : '')?.[1] ?? 0);
}

function countEvents({ events }: StoredState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type, resourceSid } of events) {
    const key = `${type} ${resourceSid}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
