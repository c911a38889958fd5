import BTree from 'sorted-btree';
import type { Delivery } from '../../model/entities';
import type { EntityState } from '../state/entity-state';

/** Index of the event callbacks that wait in the outbox, in order of creation. */
export class EventOutbox {
  /** The number of event callbacks that were dropped since the engine started. */
  dropped = 0;
  /** When the last alert about dropped callbacks was recorded, in Unix milliseconds; null before the first. */
  alertedAt: number | null = null;
  private readonly waiting = new BTree<number, Delivery>();

  constructor(state: EntityState) {
    state.listen('deliveries', (before, after) => {
      if (before?.kind === 'event') this.waiting.delete(before.sequence);
      if (after?.kind === 'event') this.waiting.set(after.sequence, after);
    });
  }

  get size(): number {
    return this.waiting.size;
  }

  oldest(): Delivery | undefined {
    const first = this.waiting.minKey();
    return first === undefined ? undefined : this.waiting.get(first);
  }
}
