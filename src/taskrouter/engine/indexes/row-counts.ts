import type { TaskStatus } from '../../model/statuses';
import type { EntityState } from '../state/entity-state';

/** Index of how many tasks have each status and how many workers are in each activity, over all workspaces. */
export class RowCounts {
  private readonly byStatus = new Map<TaskStatus, number>();
  private readonly byActivity = new Map<string, number>();

  constructor(private readonly state: EntityState) {
    state.listen('tasks', (before, after) => change(this.byStatus, before?.status, after?.status));
    state.listen('workers', (before, after) =>
      change(this.byActivity, before?.activitySid, after?.activitySid),
    );
  }

  /** Statuses that no task has are left out. */
  tasksByStatus(): Readonly<Partial<Record<TaskStatus, number>>> {
    return Object.fromEntries([...this.byStatus].filter(([, count]) => count > 0));
  }

  workersByAvailability(): { readonly available: number; readonly unavailable: number } {
    const counts = { available: 0, unavailable: 0 };
    for (const [activitySid, workers] of this.byActivity) {
      counts[this.state.find('activities', activitySid)?.available ? 'available' : 'unavailable'] += workers;
    }
    return counts;
  }
}

function change<Key>(counts: Map<Key, number>, before: Key | undefined, after: Key | undefined): void {
  if (before === after) return;
  if (before !== undefined) add(counts, before, -1);
  if (after !== undefined) add(counts, after, 1);
}

/** A count of zero stays, because there are few keys, and the next task makes it one again. */
function add<Key>(counts: Map<Key, number>, key: Key, step: 1 | -1): void {
  counts.set(key, (counts.get(key) ?? 0) + step);
}
