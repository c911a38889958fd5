import type { Change } from '../../src/taskrouter/model/changes';
import type { Delivery } from '../../src/taskrouter/model/entities';

/** How long each callback has been in the outbox of the process that runs. */
export class OutboxAges {
  private readonly since = new Map<string, { readonly at: number; readonly delivery: Delivery }>();

  /** @param now monotonic milliseconds */
  take(changes: readonly Change[], now: number): void {
    for (const { table, sid, after } of changes) {
      if (table !== 'deliveries') continue;
      if (!after) this.since.delete(sid);
      else if (!this.since.has(sid)) this.since.set(sid, { at: now, delivery: after });
    }
  }

  /** A new process sends everything again. */
  restart(deliveries: Iterable<Delivery>, now: number): void {
    this.since.clear();
    for (const delivery of deliveries) this.since.set(delivery.sid, { at: now, delivery });
  }

  count(kind: Delivery['kind']): number {
    let count = 0;
    for (const { delivery } of this.since.values()) if (delivery.kind === kind) count++;
    return count;
  }

  /** The callbacks that have been there for more than their longest time, which is in milliseconds. */
  overdue(now: number, longestMs: (delivery: Delivery) => number): Delivery[] {
    return [...this.since.values()]
      .filter(({ at, delivery }) => now - at > longestMs(delivery))
      .map(({ delivery }) => delivery);
  }
}
