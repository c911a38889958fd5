import type { Change } from '../model/changes';
import type { CommitBatch } from './store';

/**
 * The last change of each row, in order of the first change. Changes in between are never read. A row that is created
 * and deleted in the same batch, such as a callback that is settled at once, is left out.
 */
export function lastChanges({ changes }: CommitBatch): Change[] {
  const rows = new Map<string, { readonly wasThere: boolean; readonly change: Change }>();
  for (const change of changes) {
    const key = `${change.table} ${change.sid}`;
    const wasThere = rows.get(key)?.wasThere ?? change.before !== undefined;
    rows.set(key, { wasThere, change });
  }
  return [...rows.values()].flatMap(({ wasThere, change }) => (wasThere || change.after ? [change] : []));
}

/** The highest sequence in this batch, or `sequence` if that is higher. */
export function highestSequence(batch: CommitBatch, sequence: number): number {
  let highest = sequence;
  for (const { after } of batch.changes) if (after && after.sequence > highest) highest = after.sequence;
  for (const event of batch.events) if (event.sequence > highest) highest = event.sequence;
  return highest;
}
