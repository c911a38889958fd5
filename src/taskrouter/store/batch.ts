import type { Change } from '../model/changes';
import type { CommitBatch } from './store';

/** The last change of each row, in order of first change: whatever was in between, nobody will ever read. */
export function lastChanges(batch: CommitBatch): Change[] {
  const last = new Map<string, Change>();
  for (const change of batch.changes) last.set(`${change.table} ${change.sid}`, change);
  return [...last.values()];
}

/** The highest sequence that this batch gives out, or `sequence` when it gives none above that. */
export function highestSequence(batch: CommitBatch, sequence: number): number {
  let highest = sequence;
  for (const { after } of batch.changes) if (after && after.sequence > highest) highest = after.sequence;
  for (const event of batch.events) if (event.sequence > highest) highest = event.sequence;
  return highest;
}
